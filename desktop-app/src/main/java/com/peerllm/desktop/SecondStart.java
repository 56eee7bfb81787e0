package com.peerllm.desktop;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what this start was asked to open to the window that is open already. */
final class SecondStart {
    private static final Logger log = LoggerFactory.getLogger(SecondStart.class);

    private SecondStart() {}

    /** Whether there is a window that has heard it. */
    static boolean handOver(UnixDomainSocketAddress address, List<Path> files) {
        String message = files.stream()
                .map(file -> file.toAbsolutePath().normalize() + "\0")
                .collect(Collectors.joining());
        try (SocketChannel window = SocketChannel.open(address)) {
            ByteBuffer rest = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) window.write(rest);
            window.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(1);
            return window.read(answer) == 1 && answer.get(0) == WindowDoor.HEARD;
        } catch (IOException e) {
            log.debug("No window listens at {}", address, e);
            return false;
        }
    }
}
