package dev.dibs.standalone;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is done once: at the end of a block, or when the program is told to stop before that. */
final class AtExit implements AutoCloseable {
    private final AtomicBoolean done = new AtomicBoolean();
    private final Runnable work;
    private final Thread hook;

    AtExit(Runnable work) {
        this.work = work;
        this.hook = new Thread(this::once, "dibs-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void once() {
        if (done.compareAndSet(false, true)) {
            work.run();
        }
    }

    @Override
    public void close() {
        once();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is being stopped: the hook waits for nothing, as the work is done.
        }
    }
}
