package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DesktopMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tellsItsOptionsWithoutAWindow() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("Usage: peerllm desktop", "--data=DIR");
    }

    @Test
    void aWrongOptionIsSaidInOneSentence() {
        assertThat(run("--dta", "x")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString())
                .contains("--dta", "Try: peerllm desktop --help")
                .doesNotContain("Exception");
    }

    private int run(String... arguments) {
        return DesktopMain.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
