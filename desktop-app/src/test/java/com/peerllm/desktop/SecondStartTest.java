package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.cli.ExitCode;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real socket. */
class SecondStartTest {
    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

    @TempDir
    Path folder;

    private final BlockingQueue<List<Path>> heard = new LinkedBlockingQueue<>();

    @Test
    void handsItsFilesToTheOpenWindow() throws Exception {
        Path model = folder.resolve("a model with ünusual name.gguf");
        try (var _ = door()) {
            assertThat(SecondStart.handOver(address(), List.of(model, Path.of("relative.gguf"))))
                    .isTrue();
            assertThat(heard.take())
                    .containsExactly(model, Path.of("relative.gguf").toAbsolutePath());
            assertThat(SecondStart.handOver(address(), List.of()))
                    .as("only to be seen")
                    .isTrue();
            assertThat(heard.take()).isEmpty();
        }
    }

    @Test
    void findsNobodyWhereNoWindowIsOpen() throws IOException {
        assertThat(SecondStart.handOver(address(), List.of())).isFalse();
        door().close();
        assertThat(SecondStart.handOver(address(), List.of()))
                .as("after the window closed")
                .isFalse();
        assertThat(address().getPath()).doesNotExist();
    }

    @Test
    void aSocketThatWasLeftBehindByForceIsReplaced() throws Exception {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(address());
        }
        assertThat(address().getPath())
                .as("closing alone leaves it, as a kill does")
                .exists();
        try (var _ = door()) {
            assertThat(SecondStart.handOver(address(), List.of())).isTrue();
        }
    }

    @Test
    void onlyItsOwnerMayKnock() throws IOException {
        try (var _ = door()) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(address().getPath())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderWithALongPathHasItsSocketElsewhere() throws Exception {
        Path deep = folder.resolve("a".repeat(60)).resolve("b".repeat(60));
        UnixDomainSocketAddress address = WindowSocket.of(new AppFolders(deep), Path.of("/tmp"));
        try (var _ = WindowDoor.open(address, THREADS, heard::add)) {
            assertThat(SecondStart.handOver(address, List.of())).isTrue();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(address.getPath().getParent())))
                    .isEqualTo("rwx------");
        } finally {
            Files.deleteIfExists(address.getPath().getParent());
        }
    }

    @Test
    void theProgramEndsWellWhenTheWindowTookOver() throws Exception {
        AppFolders folders = new AppFolders(folder);
        StringWriter err = new StringWriter();
        try (var _ = InstanceLock.take(folders);
                var _ = door()) {
            int code = DesktopMain.run(
                    new String[] {"--data", folder.toString(), "/models/mine.gguf"},
                    new PrintWriter(err, true),
                    new PrintWriter(err, true));
            assertThat(code).isEqualTo(ExitCode.OK.number());
            assertThat(heard.take()).containsExactly(Path.of("/models/mine.gguf"));
            assertThat(err.toString()).isEmpty();
        }
    }

    private WindowDoor door() throws IOException {
        return WindowDoor.open(address(), THREADS, heard::add);
    }

    private UnixDomainSocketAddress address() throws IOException {
        return WindowSocket.of(new AppFolders(folder), Path.of("/tmp"));
    }
}
