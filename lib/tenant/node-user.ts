/** The user that the image of nuts-node v6 brings; v5.4 runs as the same. Its group owns the sockets that the node may open. */
export const NODE_UID = 18081;
export const NODE_GID = 18081;
