package dev.dibs.api.statistics;

import org.springframework.context.SmartLifecycle;

/** Ends the streams before the web server stops: it waits for its open answers, and these would last for ever. */
final class StreamsLifecycle implements SmartLifecycle {
    private final LiveStreams streams;
    private volatile boolean running;

    StreamsLifecycle(LiveStreams streams) {
        this.streams = streams;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        streams.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start, and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
