// A page with a React of its own, which is not that of the checkout in which it has @musubi/react.
import { createMusubi } from "@musubi/react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const { useMusubiStatus } = createMusubi();
const Page = () => createElement("p", null, useMusubiStatus());
createRoot(document.body).render(createElement(Page));
