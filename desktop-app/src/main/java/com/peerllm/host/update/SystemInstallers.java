package com.peerllm.host.update;

import com.peerllm.host.platform.sensors.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** With which command each system installs a package of its own. Pure but for the question which programs there are. */
final class SystemInstallers {
    private final Programs programs;
    private final boolean hasWindow;

    /** @param hasWindow whether the system can ask the person for rights in a window of its own */
    SystemInstallers(Programs programs, boolean hasWindow) {
        this.programs = programs;
        this.hasWindow = hasWindow;
    }

    /** @param kind not a {@code tar.gz}, which nobody installs */
    Way.Command command(PackageKind kind, Path file) {
        return switch (kind) {
            case DEB -> withRights(file, List.of("apt-get", "install", "-y", file.toString()));
            case RPM -> withRights(file, rpm(file));
            // The two are written from their documentation and were never run: neither system is at hand.
            case MSI -> new Way.Command(file, List.of("msiexec", "/i", file.toString(), "/passive"), false);
            case DMG -> new Way.Command(file, List.of("open", file.toString()), false);
            case TAR_GZ -> throw new IllegalArgumentException("A tar.gz is unpacked, not installed");
        };
    }

    private List<String> rpm(Path file) {
        if (programs.find("dnf").isPresent()) return List.of("dnf", "install", "-y", file.toString());
        if (programs.find("zypper").isPresent())
            return List.of("zypper", "install", "-y", "--allow-unsigned-rpm", file.toString());
        return List.of("rpm", "-U", file.toString());
    }

    /** The file was proven by the signed manifest; the package itself has no signature of its own. */
    private Way.Command withRights(Path file, List<String> words) {
        Optional<Path> pkexec = hasWindow ? programs.find("pkexec") : Optional.empty();
        List<String> all = new ArrayList<>();
        all.add(pkexec.map(Path::toString).orElse("sudo"));
        all.addAll(words);
        return new Way.Command(file, all, pkexec.isEmpty());
    }
}
