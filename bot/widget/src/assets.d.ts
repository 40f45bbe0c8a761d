declare module "*.css" {
  const text: string;
  export default text;
}

declare module "*.yml" {
  const content: Record<string, { vi: string; en: string }>;
  export default content;
}
