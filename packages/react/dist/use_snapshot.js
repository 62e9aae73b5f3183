import { shallowEqual } from "./shallow_equal.js";
import { useSelection } from "./use_selection.js";
/** {@link Musubi.useMusubiSnapshot} */
export function useSnapshot(store, select, equal) {
    const whole = select === undefined;
    return useSelection(store, select ?? identity, equal ?? (whole ? Object.is : shallowEqual));
}
function identity(value) {
    return value;
}
