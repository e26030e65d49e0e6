package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page in a real browser; skipped where none is installed. The pages stay in {@code target/report-pages}, for whoever
 * wants to look at them.
 */
@Timeout(300)
class ReportInBrowserIT {
    private static final Logger log = LoggerFactory.getLogger(ReportInBrowserIT.class);
    private static final Path PAGES = Path.of("target", "report-pages");
    private static final List<String> CHARTS =
            List.of("grabs", "remaining", "requests", "waits", "places", "millis", "stock");

    private static final String WRITES_THE_TITLE = "<script>document.title = 'taken'</script>";

    @TempDir
    Path folder;

    private Browser browser;

    @BeforeEach
    void find() throws IOException {
        browser = Browser.installed(folder).orElseGet(() -> {
            String reason = "no Chromium is on the PATH, so no page is looked at";
            log.warn("Skipped: {}", reason);
            return Assumptions.abort(reason);
        });
        Files.createDirectories(PAGES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void everyChartIsDrawnAndNothingIsComplainedOf(int grabs) throws Exception {
        Path page = Files.writeString(PAGES.resolve(grabs + ".html"), page(grabs, "Movie Night 券码"));

        Browser.Shown shown = browser.open(page);

        assertThat(shown.console()).isEmpty();
        for (String chart : CHARTS) {
            assertThat(shown.dom()).containsPattern("<div class=\"plot\" id=\"" + chart + "\"[^>]* data-drawn=\"[1-9]");
        }
        assertThat(shown.dom().split("<canvas", -1)).hasSize(CHARTS.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void itsColoursAreOnTheScreen(int grabs) throws Exception {
        Path page = Files.writeString(PAGES.resolve(grabs + ".html"), page(grabs, "Movie Night"));
        Path picture = PAGES.resolve(grabs + ".png");

        browser.photograph(page, picture, 1_000, 4_400);

        BufferedImage image = ImageIO.read(picture.toFile());
        for (String colour :
                List.of("grabs", "remaining", "requests", "refused", "waits", "places", "millis", "granted")) {
            assertThat(pixels(image, colour)).as(colour).isGreaterThan(100);
        }
    }

    @Test
    void aNameThatIsAScriptDoesNothing() throws Exception {
        Browser.Shown shown = browser.open(write(page(1_000, WRITES_THE_TITLE)));

        assertThat(shown.console()).isEmpty();
        assertThat(shown.dom()).contains("<title>Sale of &lt;script&gt;").doesNotContain("<title>taken</title>");
    }

    @Test
    void withoutEscapingThePolicyStillStopsIt() throws Exception {
        Browser.Shown shown = browser.open(write(unescaped()));

        assertThat(shown.console()).isNotEmpty().allMatch(line -> line.contains("Content Security Policy"));
        assertThat(shown.dom()).doesNotContain("<title>taken</title>");
    }

    @Test
    void withNeitherItRuns() throws Exception {
        Browser.Shown shown = browser.open(write(withoutPolicy(unescaped())));

        assertThat(shown.dom()).contains("<title>taken</title>");
    }

    @Test
    void aScriptThatWasChangedDrawsNothing() throws Exception {
        String changed = page(1_000, "Movie Night").replace("'use strict';", "'use strict'; ");

        Browser.Shown shown = browser.open(write(changed));

        assertThat(shown.console()).isNotEmpty();
        assertThat(shown.dom()).doesNotContain("<canvas", "data-drawn");
    }

    @Test
    void thePageReachesNobodyWhateverIsInIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String image =
                    "<main><img src=\"http://127.0.0.1:" + server.getAddress().getPort() + "/x.png\">";
            String curious = page(1_000, "Movie Night").replace("<main>", image);

            browser.open(write(curious));
            assertThat(calls).hasValue(0);

            browser.open(write(withoutPolicy(curious)));
            assertThat(calls).hasPositiveValue();
        } finally {
            server.stop(0);
        }
    }

    private static String unescaped() {
        String page = page(1_000, WRITES_THE_TITLE);
        String heading = "<bdi>" + Html.text(WRITES_THE_TITLE).markup() + "</bdi>";
        assertThat(page).contains(heading);
        return page.replace(heading, WRITES_THE_TITLE);
    }

    private static String withoutPolicy(String page) {
        String without = page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        assertThat(without).isNotEqualTo(page);
        return without;
    }

    private Path write(String page) throws IOException {
        return Files.writeString(folder.resolve("page.html"), page);
    }

    private static String page(int grabs, String name) {
        GeneratedSale sale = grabs == 1_000 ? GeneratedSale.ofAThousand(name, 1) : GeneratedSale.ofAMillion(name, 1);
        return new ReportPage().of(sale.sale(), Instant.parse("2026-11-26T16:00:00Z"), "dibs 0.1.0");
    }

    /** As the page's own style has it, on a light screen. */
    private static long pixels(BufferedImage image, String colour) {
        var matcher = Pattern.compile("--" + colour + ": #([0-9a-f]{6});").matcher(Resources.own("report.css"));
        assertThat(matcher.find()).as(colour).isTrue();
        int rgb = Integer.parseInt(matcher.group(1), 16);
        long found = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
                    found++;
                }
            }
        }
        return found;
    }
}
