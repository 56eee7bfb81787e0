package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One value of the Linux kernel, which a driver may refuse at any time. */
final class SysfsFile {
    private SysfsFile() {}

    static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException absentOrRefused) {
            return Optional.empty();
        }
    }

    static Optional<Integer> number(Path file) {
        return text(file).filter(text -> text.matches("-?\\d{1,9}")).map(Integer::valueOf);
    }
}
