package com.peerllm.desktop;

import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of a second start of the program: it hands over its files and ends, and this window comes to the front.
 *
 * <p>Only who holds the lock of the data folder opens the door, so that a socket which is there already was left behind by a
 * program that was ended by force. One message a connection: the files' paths, each followed by a zero byte, then the end; the
 * answer is {@link #HEARD}.
 */
final class WindowDoor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WindowDoor.class);

    /** Enough for a few hundred paths; more is not read. */
    private static final int MOST_BYTES = 64 * 1024;

    static final byte HEARD = 'k';

    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel server;
    private final Consumer<List<Path>> opened;

    private WindowDoor(UnixDomainSocketAddress address, ServerSocketChannel server, Consumer<List<Path>> opened) {
        this.address = address;
        this.server = server;
        this.opened = opened;
    }

    /** @param opened told of each second start with its files, on a thread of this door */
    static WindowDoor open(UnixDomainSocketAddress address, ThreadFactory threads, Consumer<List<Path>> opened)
            throws IOException {
        Files.deleteIfExists(address.getPath());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
            ownerOnly(address.getPath());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        WindowDoor door = new WindowDoor(address, server, opened);
        threads.newThread(door::listen).start();
        return door;
    }

    private static void ownerOnly(Path socket) throws IOException {
        if (OwnerOnly.file(socket).length == 0) return;
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }

    private void listen() {
        while (server.isOpen()) {
            try (SocketChannel caller = server.accept()) {
                hear(caller);
            } catch (AsynchronousCloseException e) {
                log.debug("The window hears of no more second starts", e);
            } catch (ClosedChannelException e) {
                log.debug("The window hears of no more second starts", e);
            } catch (IOException e) {
                log.warn("A second start of the program could not be heard", e);
            }
        }
    }

    private void hear(SocketChannel caller) throws IOException {
        byte[] message = Channels.newInputStream(caller).readNBytes(MOST_BYTES);
        opened.accept(files(new String(message, StandardCharsets.UTF_8)));
        caller.write(ByteBuffer.wrap(new byte[] {HEARD}));
    }

    private static List<Path> files(String message) {
        try {
            return Arrays.stream(message.split("\0"))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .toList();
        } catch (InvalidPathException e) {
            log.warn("A second start named a file that cannot be", e);
            return List.of();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(address.getPath());
        } catch (IOException e) {
            log.warn("{} could not be taken away", address.getPath(), e);
        }
    }
}
