import { shallowEqual } from "./shallow_equal.js";
import { nextWake } from "./suspend.js";
import { useSelection } from "./use_selection.js";
/** Stands for the snapshot of a store that is not in the tree: no selector can give it. */
const ABSENT = Symbol();
/** {@link Musubi.useMusubiSnapshotSuspense} */
export function useSnapshotSuspense(store, select, equal) {
    const same = equal ?? (select === undefined ? Object.is : shallowEqual);
    const selected = useSelection(store, (snapshot) => {
        if (snapshot === undefined)
            return ABSENT;
        return select === undefined ? snapshot : select(snapshot);
    }, (a, b) => (a === ABSENT || b === ABSENT ? a === b : same(a, b)));
    if (selected === ABSENT)
        throw nextWake(store);
    return selected;
}
