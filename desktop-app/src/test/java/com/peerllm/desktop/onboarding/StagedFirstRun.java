package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.OnboardingSource.Suggestion;
import com.peerllm.host.catalog.FitAdvice;
import com.peerllm.host.catalog.FitReason;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.shared.model.ModelDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A computer and a catalogue that the test sets, and what was chosen of them. */
public final class StagedFirstRun implements OnboardingSource.Choices {
    public static final ModelDigest QWEN = new ModelDigest("0c".repeat(32));

    /** What networks say at their addresses. */
    public final Map<String, RecentPay> recentPay = new HashMap<>();

    public HostSettings settings = HostSettings.DEFAULTS;
    public boolean firstTime = true;
    public long memoryBytes = 16_600_000_000L;
    public List<ComputeDevice> gpus = List.of();
    public Optional<Suggestion> suggestion = Optional.of(new Suggestion(
            "Qwen2.5 3B Instruct",
            "Q4_K_M",
            OptionalLong.of(2_104_932_768L),
            new FitAdvice(FitAdvice.Badge.GREAT, new FitReason.SizeUnread(), OptionalDouble.of(14.2), false),
            Optional.of(QWEN)));
    public final List<String> asked = new ArrayList<>();
    public Optional<String> refusal = Optional.empty();

    public OnboardingSource source() {
        return new OnboardingSource(
                "quiet-otter-7f3a",
                () -> settings,
                firstTime,
                this::computer,
                () -> suggestion,
                address -> Optional.ofNullable(recentPay.get(address)),
                this);
    }

    private HardwareProfile computer() {
        return new HardwareProfile(
                new Sourced<>("AMD Ryzen 5 5600U with Radeon Graphics", "OSHI"),
                new Sourced<>(6, "OSHI"),
                new Sourced<>(12, "OSHI"),
                new Sourced<>(memoryBytes, "OSHI"),
                new Sourced<>(memoryBytes / 2, "OSHI"),
                new Sourced<>("Fedora Linux 43", "OSHI"),
                new Sourced<>(gpus, "llama.cpp"));
    }

    public void hasGpus() {
        gpus = List.of(
                new ComputeDevice("NVIDIA GeForce RTX 4070", true, 12_878_610_432L, 12_000_000_000L),
                new ComputeDevice("AMD Radeon Graphics", false, 8_000_000_000L, 4_000_000_000L));
    }

    private void ask(String what) {
        asked.add(what);
        if (refusal.isPresent()) throw new HostException(Problem.USAGE, refusal.get());
    }

    @Override
    public void downloadSuggested() {
        ask("download");
    }

    @Override
    public void useStarter() {
        ask("starter");
    }

    @Override
    public void take(Path file) {
        ask("take " + file);
    }

    @Override
    public void rules(SharingRules rules) {
        settings = settings.edit().rules(rules).done();
        ask("rules");
    }

    @Override
    public Optional<String> loginImpossible() {
        return Optional.empty();
    }

    @Override
    public void startAtLogin(boolean on) {
        ask("login " + on);
    }

    @Override
    public void start(String address) {
        ask("start " + address);
    }

    @Override
    public void finished() {
        ask("finished");
    }
}
