package dev.dibs.api.eligibility;

import dev.dibs.ids.ActivityId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Lists in memory; can be away, and can lose one. */
final class MemoryListStore implements ListStore {
    private final Map<String, AccountSet> lists = new ConcurrentHashMap<>();
    private volatile boolean away;

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    Map<String, AccountSet> lists() {
        return lists;
    }

    private <T> Mono<T> ifThere(Mono<T> answer) {
        return Mono.defer(() -> away ? Mono.error(new com.mongodb.MongoTimeoutException("away")) : answer);
    }

    @Override
    public Mono<Void> write(ActivityId activityId, String list, AccountSet accounts) {
        return ifThere(Mono.fromRunnable(() -> lists.put(activityId + ":" + list, accounts)));
    }

    @Override
    public Mono<Integer> size(ActivityId activityId, String list) {
        return ifThere(
                Mono.fromCallable(() -> lists.get(activityId + ":" + list)).map(AccountSet::size));
    }

    @Override
    public Mono<AccountSet> read(ActivityId activityId, String list) {
        return ifThere(Mono.fromCallable(() -> lists.get(activityId + ":" + list))
                .filter(accounts -> accounts.hash().equals(ListName.hash(list)))
                .switchIfEmpty(Mono.error(() -> new LostListException(activityId, list))));
    }

    @Override
    public Mono<Void> delete(ActivityId activityId, String list) {
        return ifThere(Mono.fromRunnable(() -> lists.remove(activityId + ":" + list)));
    }
}
