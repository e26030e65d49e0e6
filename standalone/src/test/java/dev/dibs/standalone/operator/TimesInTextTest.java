package dev.dibs.standalone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesInTextTest {
    private static final Map<String, Long> TIMES = new LinkedHashMap<>();

    static {
        TIMES.put("start_time", 1_000L);
        TIMES.put("end_time", 2_000L);
    }

    @Test
    void onlyTheTimesOfTheActivityItselfAreReplaced() {
        assertReplaced(
                "id: s\nstart_time: 5 # when\nend_time: '2027'\ntickets:\n  - start_time: 7\n    end_time: 8\n",
                "id: s\nstart_time: 1000 # when\nend_time: 2000  \ntickets:\n  - start_time: 7\n    end_time: 8\n");
    }

    @Test
    void whatFollowsInTheSameLineKeepsItsColumn() {
        assertReplaced(
                "{\"id\":\"\uD83C\uDFAC\",\"start_time\":\"2027-01-31\",\"end_time\":123456,\"tickets\":[]}",
                "{\"id\":\"\uD83C\uDFAC\",\"start_time\":1000        ,\"end_time\":2000  ,\"tickets\":[]}");
    }

    @Test
    void whatTheFileDoesNotSayComesAtItsEnd() {
        assertReplaced("id: s\ndesc: |\n  a\n# end", "id: s\ndesc: |\n  a\n# end\nstart_time: 1000\nend_time: 2000\n");
        assertReplaced(
                "---\r\n  id: s\r\n  end_time:\r\n...\r\n",
                "---\r\n  id: s\r\n  end_time: 2000\r\n  start_time: 1000\n...\r\n");
        assertReplaced(
                "{id: s, tickets: [],} # c", "{id: s, tickets: [], \"start_time\": 1000, \"end_time\": 2000,} # c");
    }

    @Test
    void whatTheServerRefusesIsNotResolvedOnTheWay() {
        assertReplaced(
                "id: !!str s\nname: &n S\ndesc: *n\nend_time: 3\nend_time: 4\nstart_time: 5\nid: t\n",
                "id: !!str s\nname: &n S\ndesc: *n\nend_time: 2000\nend_time: 2000\nstart_time: 1000\nid: t\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start_time: [5]",
                "start_time:\n- 5",
                "start_time:\n  a: 5",
                "start_time: {a: 5}",
                "start_time: |\n  5",
                "name: &n 5\nstart_time: *n",
                "{start_time, name: n}"
            })
    void whatIsNoTimeInAnyCaseIsToldByItsLine(String text) {
        assertThatThrownBy(() -> TimesInText.replace(text, TIMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("line [12]: start_time must be .*");
    }

    private static void assertReplaced(String text, String expected) {
        assertThat(TimesInText.replace(text, TIMES)).isEqualTo(expected);
    }
}
