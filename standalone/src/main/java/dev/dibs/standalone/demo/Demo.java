package dev.dibs.standalone.demo;

import dev.dibs.audit.Audit;
import dev.dibs.audit.AuditReport;
import dev.dibs.audit.AuditSources;
import dev.dibs.audit.CsvExport;
import dev.dibs.audit.Finding;
import dev.dibs.audit.Quiescence;
import dev.dibs.benchmarks.Tokens;
import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.export.ExportFormat;
import dev.dibs.standalone.export.ExportQuery;
import dev.dibs.standalone.export.ResultsFile;
import dev.dibs.standalone.operator.ActivityFile;
import dev.dibs.standalone.operator.Importing;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import dev.dibs.standalone.report.SaleReport;
import dev.dibs.standalone.stack.Addresses;
import dev.dibs.standalone.stack.CodeKeys;
import dev.dibs.standalone.stack.PseudonymKeys;
import dev.dibs.standalone.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One sale from its files to its audited results: import, crowd, export, audit. */
public final class Demo {
    private static final Duration LASTS = Duration.ofMinutes(15);
    private static final Duration VISIBLE = Duration.ofSeconds(10);
    private static final Duration EARLY = Duration.ofMinutes(1);
    private static final Duration TOKENS = Duration.ofHours(2);
    private static final int REGISTERED = 3;

    private final Stack stack;
    private final DemoOptions options;
    private final Console console;
    private final OperatorClient operator;
    private final SaleReport pictures;
    private final CrowdHistory history = new CrowdHistory();

    /** @param pictures writes a sale in pictures from what is counted on the stack */
    public Demo(Stack stack, DemoOptions options, Console console, SaleReport pictures) {
        this.stack = stack;
        this.options = options;
        this.console = console;
        this.pictures = pictures;
        this.operator = new OperatorClient(stack.url(), stack.secrets().adminPassword());
    }

    /** Runs all of it, prints the summary, and answers the report. */
    public DemoReport run() {
        try (BuyerClient client = new BuyerClient(stack.url(), options.connections())) {
            // Password hashes take their time: before the activity exists, not between its creation and its opening.
            List<BuyerFactory.Registered> registered =
                    new Registration(client).registerAndLogIn(Math.min(REGISTERED, options.buyers()));
            ActivityFile activity = importFiles();
            JsonNode created = operator.activity(activity.id());
            Instant opens = Instant.ofEpochSecond(created.path("start_time").asLong());
            long stock = created.path("stock").asLong();
            sell(client, registered, activity.id(), opens, stock);
            return auditAndTell(activity.id(), stock);
        }
    }

    private ActivityFile importFiles() {
        Instant opens = Instant.now().plus(options.opensIn());
        ActivityFile activity = ActivityFile.read(options.activity(), Optional.of(opens), Optional.of(LASTS));
        requireNew(activity.id());
        Importing importing = new Importing(operator, console);
        importing.activity(activity, options.activity());
        importing.codes(activity.id(), options.codes());
        importing.publish(activity.id());
        return activity;
    }

    private void requireNew(String activityId) {
        try {
            operator.activity(activityId);
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return;
            }
            throw e;
        }
        throw new ProblemException(
                stack.activitiesAt() + " already holds activity " + activityId + "; the demo wants one without it");
    }

    private void sell(
            BuyerClient client,
            List<BuyerFactory.Registered> registered,
            String activityId,
            Instant opens,
            long stock) {
        Crowd crowd = new Crowd(client, activityId, opens, options.connections(), history);
        BuyerFactory factory = new BuyerFactory(
                options.seed(),
                new Tokens(stack.secrets().jwtSecret(), Instant.now().plus(TOKENS)));
        List<Buyer> buyers = factory.crowd(options.buyers(), registered, stock);
        crowd.awaitVisible(buyers.get(0)).block(VISIBLE);
        crowd.lookAround(buyers).block(EARLY);
        crowd.comeTooEarly(buyers).block(EARLY);
        console.line("%,d buyers wait at the door; it opens in %s", buyers.size(), Console.spoken(untilOpen(opens)));
        crowd.awaitOpening().block(untilOpen(opens).plus(EARLY));
        try (Progress progress = Progress.over("buyers", buyers.size())) {
            crowd.grab(buyers).doOnNext(buyer -> progress.step()).blockLast();
        }
        crowd.askAgain(buyers).block(EARLY);
    }

    private static Duration untilOpen(Instant opens) {
        Duration left = Duration.between(Instant.now(), opens);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private DemoReport auditAndTell(String activityId, long stock) {
        console.line("the rush is over; waiting for projections and statistics");
        ActivityId id = new ActivityId(activityId);
        Addresses addresses = stack.addresses();
        AuditSources sources = AuditSources.of(addresses.kafka(), addresses.redis(), addresses.mongodb())
                .withActivities(Set.of(id))
                .withSeal(CodeKeys.seal(stack.secrets()))
                .withPseudonyms(PseudonymKeys.pseudonyms(stack.secrets()));
        List<String> lagging = Quiescence.await(sources, options.settle());
        new ResultsFile(operator, ExportQuery.everything(activityId), console::line)
                .write(options.results(), ExportFormat.CSV);
        pictures.write(id, options.pictures());
        AuditReport audit = new Audit(sources.withCsv(new CsvExport(options.results(), id))).run();

        List<String> violations = new ArrayList<>(history.violations());
        lagging.forEach(sentence ->
                violations.add("not caught up after " + Console.spoken(options.settle()) + ": " + sentence));
        audit.findings().stream().map(Finding::toString).forEach(violations::add);
        DemoReport report = Comparison.of(options, stock, history, audit.total(), violations);
        new Summary(console).print(report, audit.lines(), history.lostRequests());
        return report;
    }
}
