package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.diagnostics.Doctor;
import com.peerllm.host.diagnostics.Finding;
import com.peerllm.host.diagnostics.Preflight;
import com.peerllm.host.kernel.Cancellation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code peerllm host doctor}: everything that must be right before sharing, and what to do where it is not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check everything that sharing needs, and tell what to do; changes nothing.")
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(names = "--allow-plaintext", description = "Ask another computer without encryption.")
    boolean allowPlaintext;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust besides the usual ones.")
    Path ca;

    DoctorCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        Doctor doctor = Preflight.doctor(new Preflight.Subject(
                common.folders(around),
                around.properties(),
                around.clock(),
                around.threads(),
                allowPlaintext,
                Optional.ofNullable(ca)));
        Cancellation cancellation = new Cancellation();
        stop.onMade(cancellation::cancel);
        PrintWriter out = spec.commandLine().getOut();
        Doctor.Report report = doctor.examine(finding -> tell(finding, out), cancellation);
        if (common.json) Json.print(out, report);
        return (report.worst() == Finding.Verdict.FAIL ? ExitCode.NOT_HEALTHY : ExitCode.OK).number();
    }

    private void tell(Finding finding, PrintWriter out) {
        if (common.json) return;
        out.println(String.format(
                Locale.ROOT,
                "%-4s  %-8s  %s",
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.check(),
                finding.found()));
        finding.todo().ifPresent(todo -> out.println("                " + todo));
        out.flush();
    }
}
