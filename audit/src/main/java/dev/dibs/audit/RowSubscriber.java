package dev.dibs.audit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Takes rows batch by batch, so that the driver never holds more than one batch of them. */
final class RowSubscriber<T> implements Subscriber<T> {
    private final int batch;
    private final Consumer<T> row;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Subscription subscription;
    private int outstanding;

    RowSubscriber(int batch, Consumer<T> row) {
        this.batch = batch;
        this.row = row;
    }

    /** Completes when all rows have been taken. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        more();
    }

    @Override
    public void onNext(T next) {
        try {
            row.accept(next);
        } catch (RuntimeException | Error e) {
            subscription.cancel();
            done.completeExceptionally(e);
            return;
        }
        if (--outstanding == 0) {
            more();
        }
    }

    private void more() {
        outstanding = batch;
        subscription.request(batch);
    }

    @Override
    public void onError(Throwable error) {
        done.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        done.complete(null);
    }
}
