/** Makes `<heza-chat>` known to the page, once however often the script stands in it. */
import { HezaChat } from "./heza-chat.js";

if (!customElements.get("heza-chat")) customElements.define("heza-chat", HezaChat);
