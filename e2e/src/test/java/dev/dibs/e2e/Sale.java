package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.testkit.TestIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** One activity as an operator sets it up and buyers take part in it: the script of every journey. */
final class Sale {
    private static final ScheduledExecutorService RETRIES = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sale-retries");
        thread.setDaemon(true);
        return thread;
    });

    private static final int CONNECTIONS = 64;
    private static final int PENDING = 1;
    private static final int SYSTEM_ERROR = -3;
    private static final int ATTEMPTS = 60;
    private static final long RETRY_MILLIS = 500;

    private final Client client;
    private final String id;
    private final String operator;

    private Sale(Client client, String id, String operator) {
        this.client = client;
        this.id = id;
        this.operator = operator;
    }

    /** Creates an activity, imports its codes and publishes it; it is on sale at each instance when this returns. */
    static Sale open(Client client, String name, int stock, int limit) {
        String id = TestIds.activity(name).value();
        return open(client, stock, limit, i -> id + "-" + i, id);
    }

    /** The same with codes of one's own. */
    static Sale open(Client client, String name, int stock, int limit, IntFunction<String> code) {
        return open(client, stock, limit, code, TestIds.activity(name).value());
    }

    private static Sale open(Client client, int stock, int limit, IntFunction<String> code, String id) {
        Sale sale = new Sale(client, id, client.adminToken());
        // One that has not read yet that the other one has imported codes would not publish it (README, Limits).
        Client one = client.each().get(0);
        long now = System.currentTimeMillis() / 1_000;
        Reply created = one.post("/admin/activities", sale.operator, "application/yaml", """
                id: %s
                name: A journey
                desc: Sold in a test
                image: ""
                start_time: %d
                end_time: %d
                limit_per_user: %d
                tickets:
                  - kind: standard
                    name: Standard
                    desc: ""
                    image: ""
                    start_time: %d
                    end_time: %d
                """.formatted(
                        sale.id, now - 10, now + 3_600, limit, now - 10, now + 7_200));
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        String codes = IntStream.range(0, stock)
                .mapToObj(i -> code.apply(i) + ",standard")
                .collect(Collectors.joining("\n", "code,ticket\n", "\n"));
        Reply imported = one.post(sale.path("/codes"), sale.operator, "text/csv", codes);
        assertThat(imported.status()).as("%s", imported.body()).isEqualTo(200);
        Reply published = one.post(sale.path("/publish"), sale.operator, "application/json", "");
        assertThat(published.status()).as("%s", published.body()).isEqualTo(200);
        client.awaitPublished(id);
        return sale;
    }

    /** The same sale, at other instances. */
    Sale at(Client other) {
        return new Sale(other, id, operator);
    }

    String id() {
        return id;
    }

    String csv() {
        return client.text(path("/results.csv?waitSeconds=60"), operator);
    }

    JsonNode figures() {
        return client.get(path(""), operator).body();
    }

    /** Until each instance has read that so many tickets are granted. */
    void awaitGranted(int count) {
        client.awaitEverywhere(
                path(""), operator, reply -> reply.body().path("granted").asInt(-1) == count);
    }

    Reply grab(String user, String requestId) {
        return settled(Client.tokenOf(user), requestId, ATTEMPTS).join();
    }

    /** Grabs a ticket that each instance knows of when this returns. */
    Reply win(String user, String requestId) {
        Reply won = grab(user, requestId);
        assertThat(won.isGranted()).as("%s", won.body()).isTrue();
        client.awaitTicket(id, user, won.data().required("id").stringValue());
        return won;
    }

    /** So many grabs, a bounded number of them at once. */
    List<Reply> grabs(int count, IntFunction<String> user, IntFunction<String> requestId) {
        Semaphore free = new Semaphore(CONNECTIONS);
        List<CompletableFuture<Reply>> replies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            free.acquireUninterruptibly();
            replies.add(settled(Client.tokenOf(user.apply(i)), requestId.apply(i), ATTEMPTS)
                    .whenComplete((reply, error) -> free.release()));
        }
        return replies.stream().map(CompletableFuture::join).toList();
    }

    /** Asks again with the same requestId, as clients are told to, while the answer is pending or a system error. */
    private CompletableFuture<Reply> settled(String token, String requestId, int attempts) {
        return grabbing(token, requestId).thenCompose(reply -> {
            if (attempts == 1 || (reply.ret() != PENDING && reply.ret() != SYSTEM_ERROR)) {
                return CompletableFuture.completedFuture(reply);
            }
            CompletableFuture<Void> pause = new CompletableFuture<>();
            RETRIES.schedule(() -> pause.complete(null), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return pause.thenCompose(over -> settled(token, requestId, attempts - 1));
        });
    }

    /**
     * Grabs like a buyer whose connection may break, or whom an instance may answer that it is not ready: the same
     * request again, at the next instance.
     *
     * @param troubles counts what had to be tried again
     * @throws IllegalStateException where no attempt was answered for good
     */
    Reply persistentGrab(String user, String requestId, AtomicInteger troubles) {
        String token = Client.tokenOf(user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Reply reply = grabbing(token, requestId).join();
                if (reply.ret() != PENDING && reply.ret() != SYSTEM_ERROR) {
                    return reply;
                }
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
            }
            troubles.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
        throw new IllegalStateException("The grab of " + user + " was not answered for good");
    }

    private CompletableFuture<Reply> grabbing(String token, String requestId) {
        return client.getting("/ticket/get?actId=" + id + "&requestId=" + requestId, token);
    }

    String path(String rest) {
        return "/admin/activities/" + id + rest;
    }
}
