package com.peerllm.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.diagnostics.Finding.Verdict;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.host.storage.HostDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path folder;

    private AppFolders folders() {
        return new AppFolders(folder.resolve("data"));
    }

    private static Finding only(Doctor.Check check) {
        assertThat(check.look()).hasSize(1);
        return check.look().getFirst();
    }

    @Test
    void aCheckThatBreaksIsAFindingAndTheNextIsMade() {
        Doctor.Check breaks = new Doctor.Check() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Finding> look() {
                throw new IllegalStateException("inside");
            }
        };
        List<Finding> told = new ArrayList<>();
        Doctor.Report report =
                new Doctor(List.of(breaks, new SettingsCheck(folders()))).examine(told::add, new Cancellation());
        assertThat(report.worst()).isEqualTo(Verdict.WARN);
        assertThat(report.findings()).isEqualTo(told).extracting(Finding::check).containsExactly("broken", "settings");
        assertThat(report.findings().getFirst().found()).containsPattern("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
    }

    @Test
    void anOldJavaIsRefused() {
        Properties old = new Properties();
        old.setProperty("java.specification.version", "21");
        assertThat(Preflight.java(old).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Preflight.java(System.getProperties()).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aWrongClockIsToldByItsSize() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(NetworkCheck.clock(Optional.of("Sun, 22 Nov 2026 10:00:20 GMT"), now)
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(NetworkCheck.clock(Optional.of("Sun, 22 Nov 2026 09:58:00 GMT"), now)
                        .verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(NetworkCheck.clock(Optional.of("Sun, 22 Nov 2026 10:05:00 GMT"), now)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(NetworkCheck.clock(Optional.of("noon"), now).found()).contains("does not tell its time");
    }

    @Test
    void aFolderThatOthersCanReadIsTold() throws IOException {
        Files.createDirectories(folders().data());
        Files.setPosixFilePermissions(folders().data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new FolderCheck(folders()).look().getFirst().todo())
                .hasValueSatisfying(todo -> assertThat(todo).startsWith("Run: chmod"));
        Files.setPosixFilePermissions(folders().data(), PosixFilePermissions.fromString("rwx------"));
        assertThat(new FolderCheck(folders()).look().getFirst().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aDatabaseInUseIsLeftAloneAndADamagedOneIsTold() throws IOException {
        Files.createDirectories(folders().data());
        HostDatabase.open(folders().database()).close();
        assertThat(only(new DatabaseCheck(folders())).found()).contains("0 receipts");
        try (InstanceLock _ = InstanceLock.take(folders())) {
            assertThat(only(new DatabaseCheck(folders())).found()).contains("A host is running");
        }
        Files.writeString(folders().data().resolve("host.mv.db"), "no database");
        assertThat(only(new DatabaseCheck(folders())).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void brokenSettingsAreToldAndLeftWhereTheyAre() throws IOException {
        Files.createDirectories(folders().data());
        Files.writeString(folders().settings(), "{");
        assertThat(only(new SettingsCheck(folders())).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Files.readString(folders().settings())).isEqualTo("{");
    }

    @Test
    void aTakenPortIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalApiSettings api = new LocalApiSettings(true, taken.getLocalPort(), false, LocalApiSettings.Mode.LOCAL);
            assertThat(only(new PortCheck(api, folders())).verdict()).isEqualTo(Verdict.WARN);
        }
        assertThat(only(new PortCheck(LocalApiSettings.DEFAULTS, folders())).found())
                .contains("is off");
    }
}
