package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.openapi.OpenApiWorld.Request;
import dev.dibs.testkit.TestIds;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health and metrics: on a port of their own with nothing else, or nowhere. */
@Timeout(180)
class ManagementPortIT {
    private static final String METRICS = "/actuator/prometheus";

    @Test
    void metricsAreOnAPortOfTheirOwnWithNothingElse() throws IOException {
        try (OpenApiWorld world = new OpenApiWorld("--dibs.management.port=0")) {
            RawHttp management =
                    new RawHttp(Integer.parseInt(world.api.getEnvironment().getProperty("local.management.port")));
            String activity = world.published();
            String token = world.token(TestIds.user("buyer"), Set.of());
            String ticket = world.grab(activity, token).get("id").asString();

            Answer metrics = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> ask(management, METRICS),
                            answer -> answer.text().contains("dibs_grabs_total{answer=\"granted\"} 1.0"));

            assertThat(metrics.text())
                    .contains(
                            "dibs_verdicts_total{verdict=\"valid\"}",
                            "dibs_verdicts_pending 0",
                            "dibs_publisher_queue 0")
                    .contains("dibs_ready 1.0", "jvm_memory_used_bytes")
                    .doesNotContain(activity, ticket, activity.toUpperCase());
            assertThat(ask(management, "/actuator/health").json().get("status").asString())
                    .isEqualTo("UP");
            for (String elsewhere : new String[] {
                "/",
                "/healthz",
                "/act/list",
                "/ticket/get?actId=" + activity,
                "/admin/activities",
                "/openapi.json",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/shutdown",
                "/actuator/../act/list",
                "/actuatorx"
            }) {
                assertThat(management
                                .send(Request.of("GET", elsewhere, token, null, "")
                                        .bytes())
                                .status())
                        .as(elsewhere)
                        .isEqualTo(404);
            }
            assertThat(world.send(Request.of("GET", METRICS, token, null, "")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void byDefaultTheyAreNowhere() {
        try (OpenApiWorld world = new OpenApiWorld()) {
            assertThat(world.api.getEnvironment().getProperty("local.management.port"))
                    .isNull();
            assertThat(world.send(Request.of("GET", METRICS, null, null, "")).status())
                    .isEqualTo(404);
        }
    }

    private static Answer ask(RawHttp management, String path) throws IOException {
        return management.send(Request.of("GET", path, null, null, "").bytes());
    }
}
