package dev.dibs.servers;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The program that a test kills while it holds a Redis server. */
final class RedisHolder {
    private RedisHolder() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedRedis redis = EmbeddedRedis.start(Path.of(args[0]));
        System.out.println(redis.pid());
        new CountDownLatch(1).await();
    }
}
