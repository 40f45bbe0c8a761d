/** The element's style sheets, in the order in which they build on each other. */
import { unsafeCSS } from "lit";
import base from "./styles/base.css";
import launcher from "./styles/launcher.css";
import panel from "./styles/panel.css";
import header from "./styles/header.css";
import talk from "./styles/talk.css";
import answer from "./styles/answer.css";
import composer from "./styles/composer.css";
import sheet from "./styles/sheet.css";

export const styles = [base, launcher, panel, header, talk, answer, composer, sheet].map((text) => unsafeCSS(text));
