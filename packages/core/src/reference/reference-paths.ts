/** Leaf paths of a spec whose texts are templates: what comes from the environment is kept by its name (ruling 77). */
export type ReferencePaths = readonly string[];
