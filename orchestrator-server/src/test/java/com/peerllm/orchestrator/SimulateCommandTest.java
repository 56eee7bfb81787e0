package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();

    @Test
    void printsTheFiguresAndFailsWhenOneIsNotReached() {
        int code = run("--hosts", "150", "--days", "3", "--policy", "round-robin", "--compare-days", "0");
        assertThat(code).isEqualTo(ExitCode.COMMAND_FAILED.number);
        assertThat(out.toString())
                .contains("150 hosts, 3 days, seed 1, policy round-robin")
                .containsPattern("bad hosts' part of the traffic after 48 h +\\d+\\.\\d+ % +< 1\\.000 % +FAIL")
                .containsPattern("honest hosts wrongly excluded +0\\.000 % +< 0\\.100 % +pass")
                .contains("NOT reached");
    }

    @Test
    void refusesWhatCannotBeSimulated() {
        assertThat(run("--hosts", "5")).isEqualTo(ExitCode.USAGE.number);
        assertThat(run("--policy", "best")).isEqualTo(ExitCode.USAGE.number);
    }

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }
}
