package dev.dibs.standalone.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * uPlot, as it lies on the class path: its script and its style are put into each page. Small (50 KB), which matters for
 * a file that is sent around, and it writes no markup, so that the page's policy can be strict.
 */
record ChartLibrary(String version, String script, String style, String license) {
    private static final String ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

    static ChartLibrary load() {
        try {
            Properties about = new Properties();
            about.load(new StringReader(Resources.text(ABOUT)));
            String version = about.getProperty("version");
            String folder = "META-INF/resources/webjars/uplot/" + version + "/";
            return new ChartLibrary(
                    version,
                    Resources.text(folder + "dist/uPlot.iife.min.js"),
                    Resources.text(folder + "dist/uPlot.min.css"),
                    Resources.text(folder + "LICENSE"));
        } catch (IOException e) {
            throw new UncheckedIOException("the library of charts is not on the class path", e);
        }
    }
}
