package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineTest {
    @Test
    void isAllowedByTheHashOfWhatABrowserReads() {
        // printf 'alert(1)\n' | openssl dgst -sha256 -binary | base64
        assertThat(Inline.script("alert(1)\n").source())
                .isEqualTo(Inline.script("alert(1)\r\n").source())
                .isEqualTo("'sha256-MaeD7tQk/YNyd6Pm9J12ROmv0Z93QwNN4VH7v3gI+RI='");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'</script>'", "'</SCRIPT '", "/* <!-- */"})
    void aScriptThatWouldEndEarlyIsRefused(String script) {
        assertThatIllegalArgumentException().isThrownBy(() -> Inline.script(script));
    }

    @Test
    void theLibraryOnTheClassPathMayStandInAPage() {
        ChartLibrary library = ChartLibrary.load();

        assertThat(Inline.script(library.script()).html().markup()).contains("uPlot", library.version());
        assertThat(Inline.style(library.style()).html().markup()).contains(".u-wrap");
        assertThat(library.license()).contains("MIT", "Permission is hereby granted");
        assertThat(library.script()).hasSizeLessThan(60_000);
    }

    @Test
    void whatIsPutInIsNotLookedThroughAgain() {
        String filled =
                new Template("<p>{{a}}{{b}}</p>").filled(Map.of("a", Html.text("{{b}}$1\\"), "b", Html.text("x")));

        assertThat(filled).isEqualTo("<p>{{b}}$1\\x</p>");
    }

    @Test
    void aPlaceWithoutAPartAndAPartWithoutAPlaceAreMistakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("{{a}}").filled(Map.of()))
                .withMessageContaining("{{a}}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("").filled(Map.of("a", Html.NONE)))
                .withMessageContaining("a");
    }
}
