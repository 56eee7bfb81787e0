package com.peerllm.host.diagnostics;

import com.peerllm.host.engine.EngineDevice;
import com.peerllm.host.engine.EngineDevices;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.HardwareReader;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.LinkHttp;
import com.peerllm.host.settings.HostSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/** Every check before sharing, in the order in which one needs the other. */
public final class Preflight {
    private static final int LEAST_JAVA = 25;
    private static final long LITTLE_MEMORY = 1_000_000_000L;
    private static final long TOO_LITTLE_MEMORY = 300_000_000L;

    private Preflight() {}

    /**
     * What the checks look at.
     *
     * @param allowPlaintext whether the orchestrator of another computer may be asked without encryption
     * @param ownCa certificates to trust besides those that Java trusts
     */
    public record Subject(
            AppFolders folders,
            Properties properties,
            InstantSource clock,
            ThreadFactory threads,
            boolean allowPlaintext,
            Optional<Path> ownCa) {}

    public static Doctor doctor(Subject subject) {
        HostSettings settings = SettingsCheck.settings(subject.folders());
        OkHttpClient http = LinkHttp.client(subject.ownCa(), subject.threads());
        return new Doctor(List.of(
                check("java", () -> java(subject.properties())),
                check("engine", () -> engine(subject)),
                check("memory", Preflight::memory),
                new FolderCheck(subject.folders()),
                new DatabaseCheck(subject.folders()),
                new SettingsCheck(subject.folders()),
                new NetworkCheck(settings, subject, http),
                new PortCheck(settings.localApi(), subject.folders()),
                new SensorCheck(),
                new AnswerCheck(subject)));
    }

    private static Doctor.Check check(String name, java.util.function.Supplier<Finding> look) {
        return new Doctor.Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> look() {
                return List.of(look.get());
            }
        };
    }

    static Finding java(Properties properties) {
        String version = properties.getProperty("java.version", "of an unknown version");
        String found = "Java " + version + " on " + properties.getProperty("os.name") + " "
                + properties.getProperty("os.arch") + ".";
        int feature = feature(properties.getProperty("java.specification.version", ""));
        if (feature >= LEAST_JAVA) return Finding.ok("java", found);
        return Finding.fail("java", found, "Install a JDK " + LEAST_JAVA + " or newer.");
    }

    private static int feature(String specification) {
        return specification.matches("\\d{1,4}") ? Integer.parseInt(specification) : 0;
    }

    private static Finding engine(Subject subject) {
        try {
            Path natives = EngineNatives.locate(subject.properties());
            List<EngineDevice> devices = EngineDevices.list(natives, subject.threads());
            String names = devices.stream()
                    .map(device -> device.name() + " (" + device.description().strip() + ")")
                    .collect(Collectors.joining(", "));
            return Finding.ok(
                    "engine",
                    "llama.cpp " + EngineNatives.release(natives) + " loads in a process of its own; it computes on "
                            + (names.isEmpty() ? "the processor" : names) + ".");
        } catch (EngineException e) {
            return Finding.fail("engine", e.failure().sentence(), "Run ./peerllm engine: it fetches the engine anew.");
        }
    }

    private static Finding memory() {
        HardwareProfile machine = new HardwareReader().read();
        long free = machine.availableMemoryBytes().value();
        String found = ByteSize.inWords(free) + " of "
                + ByteSize.inWords(machine.totalMemoryBytes().value()) + " memory are free.";
        if (free < TOO_LITTLE_MEMORY) return Finding.fail("memory", found, "Close other programs.");
        if (free < LITTLE_MEMORY)
            return Finding.warn("memory", found, "Close other programs, or serve a small model only.");
        return Finding.ok("memory", found);
    }
}
