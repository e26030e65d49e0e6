package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void whatSomebodyWroteIsTextAndNothingElse() {
        assertThat(Html.text("<script>alert(1)</script> & \"so' on").markup())
                .isEqualTo("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&#39; on");
    }

    @Test
    void whatNoPageMayHoldIsReplaced() {
        assertThat(Html.text("a\u0000b\u001bc\ud800d\u0085e").markup()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
        assertThat(Html.text("券码 🎟 \n\t").markup()).isEqualTo("券码 🎟 \n\t");
    }

    @Test
    void aNameDoesNotTurnWhatStandsAroundIt() {
        assertThat(Html.name("\u202eevil").markup()).isEqualTo("<bdi>\u202eevil</bdi>");
    }

    @Test
    void jsonInAPageHoldsNoEndOfItsElementAndIsTheSameJson() {
        String json = "{\"name\":\"</script><!--<script>&\u2028\u2029\"}";

        String safe = FiguresJson.inPage(json).markup();

        assertThat(safe).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(new tools.jackson.databind.json.JsonMapper().readTree(safe))
                .isEqualTo(new tools.jackson.databind.json.JsonMapper().readTree(json));
    }
}
