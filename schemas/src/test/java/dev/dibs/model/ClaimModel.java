package dev.dibs.model;

import java.util.function.Supplier;

/** What may happen next in each state: the buyers' grabs, and the log. Trouble is in {@link Trouble}. */
final class ClaimModel {
    /** Takes a step; its description is only made for a trace. */
    interface Steps {
        void add(Supplier<String> description, State next);
    }

    static final int A = 0;
    static final int B = 1;

    private final Setup setup;
    private final Folds folds;
    private final Trouble trouble;

    ClaimModel(Setup setup) {
        this.setup = setup;
        this.folds = new Folds(setup.rulesOff());
        this.trouble = new Trouble(setup, folds);
    }

    State start() {
        State state = new State(setup.budget().users());
        // Epoch 0 is open, for server A; server B follows it.
        state.data[A] = RedisData.of(0, 0, 0, 0);
        state.data[B] = state.data[A];
        state.onDisk = state.data[A];
        state.replid[B] = State.FOLLOWS;
        state.runId[B] = 1;
        state.nextId = 1;
        state.log = LogBits.OPENING;
        state.failovers = setup.budget().failovers();
        state.restarts = setup.budget().restarts();
        state.recoveries = setup.budget().recoveries();
        state.demotions = setup.budget().demotions();
        state.timeouts = setup.budget().timeouts();
        return state;
    }

    void successors(State state, Steps steps) {
        for (int user = 0; user < setup.budget().users(); user++) {
            int request = state.requests[user];
            if (request == Request.IDLE) {
                claim(state, user, A, steps);
                claim(state, user, B, steps);
            } else if (Request.isClaimed(request) && hasRoom(state)) {
                publish(state, user, request, steps);
            } else if (Request.isPublished(request)) {
                answer(state, user, request, steps);
            }
        }
        if (state.timeouts > 0) {
            for (int user = 0; user < setup.budget().users(); user++) {
                giveUp(state, user, steps);
            }
        }
        if (state.lateWriter != 0 && hasRoom(state)) {
            State next = state.copy();
            next.log = LogBits.append(state.log, state.lateWriter);
            next.lateWriter = 0;
            steps.add(() -> "late writer publishes " + claimText(state.lateWriter), next);
        }
        if (setup.relay() && hasRoom(state)) {
            relay(state, A, steps);
            relay(state, B, steps);
        }
        trouble.successors(state, hasRoom(state), steps);
    }

    /** Null where all is well. */
    Violation violation(State state) {
        int users = setup.budget().users();
        int[] bySequence = new int[RedisData.STOCK];
        int granted = folds.of(state.log).granted();
        boolean overLimit = false;
        boolean twoGranted = false;
        for (int user = 0; user < users; user++) {
            int all = State.pair(user, 0) | State.pair(user, 1);
            overLimit |= (state.confirmed & all) == all;
            twoGranted |= (granted & all) == all;
            for (int sequence = 0; sequence < RedisData.STOCK; sequence++) {
                bySequence[sequence] += (state.confirmed & State.pair(user, sequence)) != 0 ? 1 : 0;
            }
        }
        if (bySequence[0] > 1 || bySequence[1] > 1) {
            return Violation.SAME_CODE_CONFIRMED_TO_TWO_USERS;
        }
        if (overLimit) {
            return Violation.USER_CONFIRMED_MORE_THAN_THE_LIMIT;
        }
        if (twoGranted) {
            return Violation.LOG_ISSUES_TWO_TICKETS_TO_ONE_USER;
        }
        if ((state.confirmed & ~granted) != 0) {
            return Violation.CONFIRMED_BUT_NOT_IN_THE_LEDGER;
        }
        boolean fenced = setup.fence() == Setup.Fence.REPLID;
        return fenced && folds.of(state.log).currentClaimVoid() ? Violation.CLAIM_OF_THE_CURRENT_EPOCH_IS_VOID : null;
    }

    private boolean hasRoom(State state) {
        return LogBits.length(state.log) < setup.budget().records();
    }

    private void claim(State state, int user, int server, Steps steps) {
        if (!state.isMaster(server) || isFenced(state, server)) {
            return;
        }
        int data = state.data[server];
        for (int sequence = 0; sequence < RedisData.STOCK; sequence++) {
            int epoch = RedisData.claimEpoch(data, user, sequence);
            if (epoch >= 0) {
                State next = state.copy();
                next.requests[user] = Request.claimed(sequence, epoch);
                String held = claimText(LogBits.claim(user, sequence, epoch));
                steps.add(() -> name(server) + " still holds " + held, next);
                return;
            }
        }
        int sequence = RedisData.next(data);
        if (sequence >= 0) {
            int epoch = RedisData.epoch(data);
            State next = state.copy();
            next.data[server] = RedisData.withClaim(RedisData.withoutNext(data), user, sequence, epoch);
            next.requests[user] = Request.claimed(sequence, epoch);
            steps.add(() -> name(server) + " claims " + claimText(LogBits.claim(user, sequence, epoch)), next);
        }
    }

    private boolean isFenced(State state, int server) {
        int fence = RedisData.fence(state.data[server]);
        return switch (setup.fence()) {
            case NONE -> false;
            case RUN_ID -> fence != state.runId[server];
            case REPLID -> fence != state.replid[server];
        };
    }

    private void publish(State state, int user, int request, Steps steps) {
        State next = state.copy();
        int claim = LogBits.claim(user, Request.sequence(request), Request.epoch(request));
        next.log = LogBits.append(state.log, claim);
        next.requests[user] =
                Request.published(Request.sequence(request), Request.epoch(request), LogBits.length(state.log));
        steps.add(() -> "publish " + claimText(claim), next);
    }

    private void answer(State state, int user, int request, Steps steps) {
        int ticket = State.pair(user, Request.sequence(request));
        Fold fold = folds.of(LogBits.first(state.log, Request.offset(request) + 1));
        boolean confirmed = setup.confirmation() == Setup.Confirmation.BY_BROKER_ACK
                || (setup.recovered() == Setup.Recovered.WITH_ITS_OWN_EPOCH
                        ? fold.lastGranted()
                        : (fold.granted() & ticket) != 0);
        State next = state.copy();
        if (confirmed) {
            next.requests[user] = Request.DONE;
            next.confirmed |= ticket;
            steps.add(() -> "confirm user " + user + " sequence " + Request.sequence(request), next);
        } else {
            next.requests[user] = Request.IDLE;
            steps.add(() -> "void for user " + user, next);
        }
    }

    private static void giveUp(State state, int user, Steps steps) {
        int request = state.requests[user];
        if (Request.isClaimed(request)) {
            State next = state.copy();
            next.requests[user] = Request.IDLE;
            next.lateWriter = LogBits.claim(user, Request.sequence(request), Request.epoch(request));
            next.timeouts--;
            steps.add(() -> "user " + user + " gives up, his claim is still to be published", next);
        }
    }

    private static void relay(State state, int server, Steps steps) {
        if (!state.isMaster(server)) {
            return;
        }
        for (int user = 0; user < state.requests.length; user++) {
            for (int sequence = 0; sequence < RedisData.STOCK; sequence++) {
                int epoch = RedisData.claimEpoch(state.data[server], user, sequence);
                int claim = LogBits.claim(user, sequence, epoch);
                if (epoch >= 0 && !LogBits.contains(state.log, claim)) {
                    State next = state.copy();
                    next.log = LogBits.append(state.log, claim);
                    steps.add(() -> "relay " + claimText(claim), next);
                }
            }
        }
    }

    static String name(int server) {
        return server == A ? "A" : "B";
    }

    private static String claimText(int claim) {
        return "user " + LogBits.user(claim) + " sequence " + LogBits.sequence(claim) + " epoch "
                + LogBits.epoch(claim);
    }
}
