package dev.dibs.model;

import static dev.dibs.model.ClaimModel.A;
import static dev.dibs.model.ClaimModel.B;
import static dev.dibs.model.ClaimModel.name;

import dev.dibs.model.ClaimModel.Steps;

/** What happens to the Redis servers, and how a recovery mends it. */
final class Trouble {
    private final Setup setup;
    private final Folds folds;

    Trouble(Setup setup, Folds folds) {
        this.setup = setup;
        this.folds = folds;
    }

    void successors(State state, boolean room, Steps steps) {
        replicationAndFailover(state, steps);
        demotion(state, steps);
        restart(state, steps);
        if (state.recovery != 0) {
            finishRecovery(state, steps);
        } else if (state.recoveries > 0 && room) {
            beginRecovery(state, A, steps);
            beginRecovery(state, B, steps);
        }
    }

    private static void replicationAndFailover(State state, Steps steps) {
        if (!state.isMaster(A) || state.isMaster(B)) {
            return;
        }
        if (state.data[B] != state.data[A]) {
            State next = state.copy();
            next.data[B] = state.data[A];
            steps.add(() -> "B catches up with A", next);
        }
        if (state.failovers > 0) {
            State next = state.copy();
            next.replid[B] = next.nextId++;
            next.failovers--;
            steps.add(() -> "B is promoted, A does not know", next);
        }
    }

    private static void demotion(State state, Steps steps) {
        if (!state.isMaster(A) || !state.isMaster(B) || state.demotions == 0) {
            return;
        }
        State back = state.copy();
        back.demotions--;
        back.data[A] = state.data[B];
        back.replid[A] = back.nextId++;
        back.replid[B] = State.FOLLOWS;
        steps.add(() -> "A is demoted and copies B, B dies, A is promoted", back);
        State dead = state.copy();
        dead.demotions--;
        dead.replid[A] = State.DEAD;
        steps.add(() -> "A dies", dead);
    }

    private static void restart(State state, Steps steps) {
        if (!state.isMaster(A) || state.restarts == 0) {
            return;
        }
        if (state.onDisk != state.data[A]) {
            State written = state.copy();
            written.onDisk = state.data[A];
            steps.add(() -> "A writes to its disk", written);
        }
        State next = state.copy();
        next.restarts--;
        next.data[A] = state.onDisk;
        // Any id that was not there before.
        next.runId[A] = 8 + state.nextId;
        next.replid[A] = next.nextId++;
        steps.add(() -> "A restarts without its tail", next);
    }

    private void beginRecovery(State state, int server, Steps steps) {
        int id = idOf(state, server);
        if (!state.isMaster(server) || RedisData.fence(state.data[server]) == id) {
            return;
        }
        int epoch = LogBits.length(state.log);
        State next = state.copy();
        next.log = LogBits.append(state.log, LogBits.OPENING);
        next.recovery = State.recovery(server, id, epoch);
        next.recoveries--;
        steps.add(() -> "recovery of " + name(server) + " opens epoch " + epoch, next);
    }

    private void finishRecovery(State state, Steps steps) {
        int server = state.recoveringServer();
        State next = state.copy();
        next.recovery = 0;
        if (!state.isMaster(server) || idOf(state, server) != state.recoveringId()) {
            steps.add(() -> "recovery of " + name(server) + " gives up: it is another server now", next);
            return;
        }
        Fold fold = folds.of(LogBits.first(state.log, state.recoveringEpoch() + 1));
        next.data[server] = rebuilt(fold, state.recoveringId(), state.recoveringEpoch());
        steps.add(() -> "recovery of " + name(server) + " puts the new keys in place", next);
    }

    private int rebuilt(Fold fold, int fence, int epoch) {
        int cursor = 0;
        for (int sequence = 0; sequence < RedisData.STOCK; sequence++) {
            cursor = fold.holders()[sequence] >= 0 ? sequence + 1 : cursor;
        }
        int free = 0;
        for (int sequence = 0; sequence < cursor; sequence++) {
            free |= fold.holders()[sequence] < 0 ? 1 << sequence : 0;
        }
        int data = RedisData.of(cursor, free, fence, epoch);
        for (int sequence = 0; sequence < RedisData.STOCK; sequence++) {
            if (fold.holders()[sequence] >= 0) {
                boolean keeps = setup.recovered() == Setup.Recovered.WITH_ITS_OWN_EPOCH;
                int claimEpoch = keeps ? fold.epochs()[sequence] : epoch;
                data = RedisData.withClaim(data, fold.holders()[sequence], sequence, claimEpoch);
            }
        }
        return data;
    }

    /** What a recovery takes for the server's identity. */
    private int idOf(State state, int server) {
        return setup.fence() == Setup.Fence.RUN_ID ? state.runId[server] : state.replid[server];
    }
}
