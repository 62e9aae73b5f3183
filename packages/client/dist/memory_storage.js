/**
 * A storage that is gone with the page. Give it to phoenix.js as `sessionStorage`: its `Socket`
 * touches the browser's otherwise, which throws where a user has blocked site data.
 */
export function memoryStorage() {
    const items = new Map();
    return {
        getItem: (key) => items.get(key) ?? null,
        setItem: (key, value) => void items.set(key, value),
        removeItem: (key) => void items.delete(key),
    };
}
