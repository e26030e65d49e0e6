package dev.dibs.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A run of the program within the test. */
record Program(int status, String out, String err) {

    static Program run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Dibs.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Program(status, out.toString(), err.toString());
    }

    List<String> errorLines() {
        return err.lines().toList();
    }
}
