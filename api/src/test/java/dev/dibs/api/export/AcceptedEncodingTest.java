package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedEncodingTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate, gzip", "br;q=1.0,gzip;q=0.8", "gzip; q=0.001"})
    void whoNamesGzipGetsIt(String header) {
        assertThat(AcceptedEncoding.isGzip(List.of(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "*", "gzip;q=0", "gzip; q=0.000", "x-gzip-like", ",,;"})
    void nobodyElseDoes(String header) {
        assertThat(AcceptedEncoding.isGzip(List.of(header))).isFalse();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(AcceptedEncoding.isGzip(List.of("br", "gzip"))).isTrue();
        assertThat(AcceptedEncoding.isGzip(List.of())).isFalse();
    }
}
