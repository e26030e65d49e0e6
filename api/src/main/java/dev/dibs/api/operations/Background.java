package dev.dibs.api.operations;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Work that goes on when its caller has got an answer. It ends with the instance. */
final class Background implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private final Disposable.Composite running = Disposables.composite();

    void launch(Mono<Void> work) {
        Disposable.Swap self = Disposables.swap();
        running.add(self);
        self.update(work.doFinally(end -> running.remove(self))
                .subscribe(
                        nothing -> {}, error -> log.warn("Work in the background failed; error={}", error.toString())));
    }

    @Override
    public void close() {
        running.dispose();
    }
}
