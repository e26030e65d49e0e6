package dev.dibs.api.eligibility;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.servers.EmbeddedMongo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Run by hand: what a list of so many accounts takes of memory and of time. Arguments: accounts, a folder for the file
 * and for the embedded database.
 */
final class EligibilityFigures {
    private static final int ASKED = 100_000;
    private static final int ROUNDS = 50;

    private EligibilityFigures() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        Path csv = folder.resolve("accounts.csv");
        try (var writer = Files.newBufferedWriter(csv)) {
            writer.write("account\n");
            for (int i = 0; i < count; i++) {
                writer.write("customer-" + i + "@example.org\n");
            }
        }
        print("file: %,d bytes", Files.size(csv));

        try (InputStream few = new ByteArrayInputStream("account\nanna\n".getBytes(StandardCharsets.US_ASCII))) {
            // So that the classes that are loaded for it are not taken for the list.
            AccountFile.read(few, 1).accounts().hash();
        }
        long before = usedBytes();
        long start = System.nanoTime();
        AccountSet accounts;
        try (InputStream in = Files.newInputStream(csv)) {
            accounts = AccountFile.read(in, count).accounts();
        }
        print("read, sorted and indexed in %,d ms", millis(start));
        print("in memory: %,d bytes for %,d accounts", usedBytes() - before, accounts.size());
        start = System.nanoTime();
        String hash = accounts.hash();
        print("hashed in %,d ms", millis(start));

        try (EmbeddedMongo mongo = EmbeddedMongo.start(folder.resolve("mongo"));
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoListStore store = new MongoListStore(client.getDatabase(Documents.DATABASE));
            ActivityId id = new ActivityId("a");
            String list = ListName.of(1, hash);
            start = System.nanoTime();
            store.write(id, list, accounts).block();
            print("written to the embedded database in %,d ms", millis(start));
            start = System.nanoTime();
            store.read(id, list).block();
            print("read from it, indexed and checked in %,d ms", millis(start));
        }
        ask("on the list", accounts, fingerprints("customer-", 0, count));
        ask("not on it", accounts, fingerprints("stranger-", 0, count));
        start = System.nanoTime();
        accounts.plus(AccountSet.empty()).hash();
        print("changed by a few and hashed in %,d ms", millis(start));
        System.exit(0);
    }

    private static Fingerprint[] fingerprints(String prefix, int from, int count) {
        Fingerprint[] fingerprints = new Fingerprint[ASKED];
        for (int i = 0; i < ASKED; i++) {
            // All over the list: the next one asked for is never in the cache for the last one's sake.
            fingerprints[i] = Fingerprint.of(prefix + (from + (long) i * 7_919 % count) + "@example.org");
        }
        return fingerprints;
    }

    private static void ask(String what, AccountSet accounts, Fingerprint[] fingerprints) {
        long best = Long.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Fingerprint fingerprint : fingerprints) {
                found += accounts.contains(fingerprint) ? 1 : 0;
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        print("asked for one %s: %,d ns (%,d found)", what, best / ASKED, found / ROUNDS);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
