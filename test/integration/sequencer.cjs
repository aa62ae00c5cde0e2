const Sequencer = require('@jest/test-sequencer').default;

/** In the order of the file names: a platform is started once, used by all, and ended by the last. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((one, other) => (one.path < other.path ? -1 : 1));
  }
};
