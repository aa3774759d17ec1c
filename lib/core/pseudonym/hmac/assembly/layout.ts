/**
 * Where things lie in the module's memory. Everything up to `FREE` is fixed; the caller lays its batches out from there.
 */

/** How many keys one instance holds. */
export const KEY_SLOTS: usize = 64

/** How many prefixes of a chained message (the framed kinds) one instance holds, and the room of each. */
export const PREFIXES: usize = 16
export const PREFIX_ROOM: usize = 32

/** Longest message, in blocks, that waits for three others of its length; longer ones go one by one. */
export const LANE_BLOCKS: usize = 8

/** Items of a chain that are framed at a time. */
export const CHAIN_ITEMS: usize = 256
export const CHAIN_ROOM: usize = 64

/** Inner and outer state of each key, 32 bytes each, once its pads are hashed. */
export const KEYS: usize = memory.data(64 * 64, 16)

/** Length of each prefix as u32, then the prefixes. */
export const PREFIX_LENGTHS: usize = memory.data(16 * 4, 16)
export const PREFIX_BYTES: usize = memory.data(16 * 32, 16)

/** One message's last one or two blocks, for each of four lanes, with room for a store that runs over. */
export const TAIL_ROOM: usize = 256
export const TAILS: usize = memory.data(4 * 256, 16)

/** Eight words of state for one message, and for four messages side by side. */
export const STATE: usize = memory.data(32, 16)
export const LANE_STATE: usize = memory.data(8 * 16, 16)

/** Sixteen words of schedule for one message, and for four. */
export const WORDS: usize = memory.data(64 * 4, 16)
export const LANE_WORDS: usize = memory.data(16 * 16, 16)

/** For each block count, how many messages wait, and their addresses, lengths and places in the output. */
export const WAITING: usize = memory.data(9 * 4, 16)
export const WAITING_AT: usize = memory.data(9 * 4 * 4, 16)
export const WAITING_LENGTH: usize = memory.data(9 * 4 * 4, 16)
export const WAITING_PLACE: usize = memory.data(9 * 4 * 4, 16)

/** Framed messages of a chain. */
export const CHAIN: usize = memory.data(256 * 64 + 64, 16)
