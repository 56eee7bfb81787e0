package com.peerllm.desktop.onboarding;

import com.peerllm.desktop.onboarding.OnboardingViewModel.Computer;
import com.peerllm.desktop.onboarding.OnboardingViewModel.Figure;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import java.util.ArrayList;
import java.util.List;

/** Says what this computer can run in one sentence, and from which figures that follows: a pure function. */
final class ComputerWording {
    private static final long GB = 1_000_000_000L;
    /** What a model of 1, 4, 14 and 32 billion parameters takes with 4-bit weights and a context, and the system's own share. */
    private static final long SMALL = 4 * GB;

    private static final long MIDDLE = 8 * GB;
    private static final long LARGE = 24 * GB;
    private static final long VERY_LARGE = 64 * GB;

    private final Messages messages;
    private final Numbers numbers;

    ComputerWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    Computer of(HardwareProfile computer) {
        return new Computer(sentence(room(computer)), figures(computer));
    }

    /** The largest memory that a model may take as one. */
    private static long room(HardwareProfile computer) {
        long own = computer.devices().value().stream()
                .filter(ComputeDevice::ownMemory)
                .mapToLong(ComputeDevice::totalBytes)
                .sum();
        return Math.max(own, computer.totalMemoryBytes().value());
    }

    private String sentence(long room) {
        if (room < SMALL) return messages.text("onboarding.computer.verySmall");
        if (room < MIDDLE) return messages.text("onboarding.computer.small");
        if (room < LARGE) return messages.text("onboarding.computer.middle");
        return room < VERY_LARGE
                ? messages.text("onboarding.computer.large")
                : messages.text("onboarding.computer.veryLarge");
    }

    private List<Figure> figures(HardwareProfile computer) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(messages.text("onboarding.computer.processor"), computer.cpu()));
        figures.add(new Figure(
                messages.text("onboarding.computer.cores"),
                numbers.count(computer.physicalCores().value()),
                computer.physicalCores().source()));
        figures.add(new Figure(
                messages.text("onboarding.computer.memory"),
                messages.text(
                        "onboarding.computer.memory.free",
                        numbers.size(computer.totalMemoryBytes().value()),
                        numbers.size(computer.availableMemoryBytes().value())),
                computer.totalMemoryBytes().source()));
        Sourced<List<ComputeDevice>> gpus = computer.devices();
        if (gpus.value().isEmpty()) {
            figures.add(new Figure(
                    messages.text("onboarding.computer.gpu"),
                    messages.text("onboarding.computer.gpu.none"),
                    gpus.source()));
        }
        for (ComputeDevice gpu : gpus.value()) figures.add(figure(gpu, gpus.source()));
        return List.copyOf(figures);
    }

    private Figure figure(ComputeDevice gpu, String source) {
        String total = numbers.size(gpu.totalBytes());
        String value = gpu.ownMemory()
                ? messages.text("onboarding.computer.gpu.own", gpu.name(), total)
                : messages.text("onboarding.computer.gpu.shared", gpu.name());
        return new Figure(messages.text("onboarding.computer.gpu"), value, source);
    }

    private static Figure figure(String name, Sourced<String> figure) {
        return new Figure(name, figure.value(), figure.source());
    }
}
