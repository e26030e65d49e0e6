package dev.dibs.model;

/** A state of the whole system. Packs into four longs, since there are millions of them. */
final class State {
    static final int WORDS = 4;
    /** The replid of a server that follows another one. */
    static final int FOLLOWS = 8;
    /** The replid of a server that is gone for good. */
    static final int DEAD = 9;

    final int[] data = new int[2];
    final int[] replid = new int[2];
    final int[] runId = new int[2];
    /** What server A would have on its disk after a crash. */
    int onDisk;

    int nextId;
    int failovers;
    int restarts;
    int recoveries;
    int demotions;
    int timeouts;
    long log;
    /** Bits of {@link #pair(int, int)}: tickets that a buyer has been told are his. */
    int confirmed;
    /** 0, or 1 and the server, its id when recovery began, and the epoch that it opened. */
    int recovery;
    /** By user; see {@link Request}. */
    final int[] requests;
    /** 0, or the record of a claim whose client has given up while an API instance is still about to publish it. */
    int lateWriter;

    State(int users) {
        requests = new int[users];
    }

    static int pair(int user, int sequence) {
        return 1 << user * RedisData.STOCK + sequence;
    }

    boolean isMaster(int server) {
        return replid[server] < FOLLOWS;
    }

    static int recovery(int server, int id, int epoch) {
        return 1 | server << 1 | id << 2 | epoch << 6;
    }

    int recoveringServer() {
        return recovery >>> 1 & 1;
    }

    int recoveringId() {
        return recovery >>> 2 & 15;
    }

    int recoveringEpoch() {
        return recovery >>> 6 & 7;
    }

    State copy() {
        State copy = new State(requests.length);
        for (int server = 0; server < 2; server++) {
            copy.data[server] = data[server];
            copy.replid[server] = replid[server];
            copy.runId[server] = runId[server];
        }
        System.arraycopy(requests, 0, copy.requests, 0, requests.length);
        copy.onDisk = onDisk;
        copy.nextId = nextId;
        copy.failovers = failovers;
        copy.restarts = restarts;
        copy.recoveries = recoveries;
        copy.demotions = demotions;
        copy.timeouts = timeouts;
        copy.log = log;
        copy.confirmed = confirmed;
        copy.recovery = recovery;
        copy.lateWriter = lateWriter;
        return copy;
    }

    void pack(long[] words) {
        words[0] = data[0] | (long) data[1] << 32;
        words[1] = onDisk
                | (long) (replid[0] | replid[1] << 4 | runId[0] << 8 | runId[1] << 12) << 32
                | (long) (nextId | failovers << 3 | restarts << 5 | recoveries << 7 | demotions << 9 | timeouts << 11)
                        << 48;
        words[2] = log | (long) recovery << 42 | (long) confirmed << 52;
        long packed = lateWriter;
        for (int user = 0; user < requests.length; user++) {
            packed |= (long) requests[user] << 6 + 9 * user;
        }
        words[3] = packed;
    }

    static State unpack(long[] words, int users) {
        State state = new State(users);
        state.data[0] = (int) words[0];
        state.data[1] = (int) (words[0] >>> 32);
        state.onDisk = (int) words[1];
        int ids = (int) (words[1] >>> 32);
        for (int server = 0; server < 2; server++) {
            state.replid[server] = ids >>> 4 * server & 15;
            state.runId[server] = ids >>> 8 + 4 * server & 15;
        }
        int budget = (int) (words[1] >>> 48);
        state.nextId = budget & 7;
        state.failovers = budget >>> 3 & 3;
        state.restarts = budget >>> 5 & 3;
        state.recoveries = budget >>> 7 & 3;
        state.demotions = budget >>> 9 & 3;
        state.timeouts = budget >>> 11 & 3;
        state.log = words[2] & (1L << 42) - 1;
        state.recovery = (int) (words[2] >>> 42) & 511;
        state.confirmed = (int) (words[2] >>> 52);
        state.lateWriter = (int) words[3] & 63;
        for (int user = 0; user < users; user++) {
            state.requests[user] = (int) (words[3] >>> 6 + 9 * user) & 511;
        }
        return state;
    }
}
