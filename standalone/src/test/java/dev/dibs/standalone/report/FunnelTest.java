package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FunnelTest {
    @Test
    void leadsFromRequestsOverRefusalsToTicketsThatWereUsed() {
        Funnel funnel = Funnel.of(GivenStats.asked(
                200,
                100,
                1_000,
                Map.of("granted", 101L, "soldOut", 700L, "paused", 20L, "systemError", 30L, "pending", 5L)));

        assertThat(funnel.steps())
                .extracting(Funnel.Step::what, Funnel.Step::kind, Funnel.Step::count)
                .containsExactly(
                        tuple("requests for a ticket", Funnel.Kind.ARRIVED, 1_000L),
                        tuple("refused: sold out", Funnel.Kind.REFUSED, 700L),
                        tuple("refused: paused", Funnel.Kind.REFUSED, 20L),
                        tuple("answered: come again later", Funnel.Kind.OTHER, 30L),
                        tuple("answered: not decided yet", Funnel.Kind.OTHER, 5L),
                        tuple("no answer counted", Funnel.Kind.OTHER, 144L),
                        tuple("answered with a ticket", Funnel.Kind.WON, 101L),
                        tuple("tickets granted", Funnel.Kind.WON, 100L),
                        tuple("tickets redeemed", Funnel.Kind.WON, 40L),
                        tuple("tickets revoked", Funnel.Kind.OTHER, 1L));
        assertThat(funnel.greatest()).isEqualTo(1_000);
    }

    @Test
    void anAnswerOfALaterVersionIsShownByItsName() {
        Funnel funnel = Funnel.of(GivenStats.asked(200, 4, 10, Map.of("granted", 4L, "heldInQueue<b>", 6L)));

        assertThat(funnel.steps())
                .contains(new Funnel.Step("answered: heldInQueue<b>", Funnel.Kind.OTHER, 6))
                .noneMatch(step -> step.kind() == Funnel.Kind.REFUSED);
        assertThat(FunnelSection.html(GivenStats.asked(200, 4, 10, Map.of("heldInQueue<b>", 6L)))
                        .markup())
                .contains("heldInQueue&lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void whereNobodyAskedThereIsASentence() {
        assertThat(FunnelSection.html(GivenStats.of(5, 0, 5)).markup())
                .contains("Nobody has asked")
                .doesNotContain("<table");
    }
}
