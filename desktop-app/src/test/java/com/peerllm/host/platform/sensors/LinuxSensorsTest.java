package com.peerllm.host.platform.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.platform.sensors.SensorChoice.LinuxPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Over a tree of files as the kernel shows them, and with child programs that are scripts. */
@EnabledOnOs(OS.LINUX)
class LinuxSensorsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path root;

    @Test
    void aChargerThatGivesPowerIsMains() throws Exception {
        supply("AC", "type", "Mains", "online", "1");
        supply("BAT0", "type", "Battery", "status", "Charging");
        assertThat(power().supply()).isEqualTo(Supply.MAINS);
        write("power_supply/AC/online", "0");
        write("power_supply/BAT0/status", "Discharging");
        assertThat(power().supply()).isEqualTo(Supply.BATTERY);
    }

    @Test
    void unpluggedAndFullIsBatteryToo() throws Exception {
        supply("AC", "type", "Mains", "online", "0");
        supply("BAT0", "type", "Battery", "status", "Unknown");
        assertThat(power().supply()).isEqualTo(Supply.BATTERY);
    }

    @Test
    void anEmergencySupplyThatDischargesIsBattery() throws Exception {
        supply("ups", "type", "UPS", "status", "Discharging");
        assertThat(power().supply()).isEqualTo(Supply.BATTERY);
        write("power_supply/ups/status", "Full");
        assertThat(power().supply()).isEqualTo(Supply.MAINS);
    }

    @Test
    void theBatteryOfAMouseDoesNotCount() throws Exception {
        supply("hidpp_battery_0", "type", "Battery", "status", "Discharging", "scope", "Device");
        assertThat(power().hasBattery()).isFalse();
        assertThat(choice(Map.of()).of(OperatingSystem.LINUX).power()).isEmpty();
    }

    @Test
    void theHottestPartOfTheProcessorCounts() throws Exception {
        write("hwmon/hwmon0/name", "nvme");
        write("hwmon/hwmon0/temp1_input", "91850");
        write("hwmon/hwmon1/name", "coretemp");
        write("hwmon/hwmon1/temp1_input", "52000");
        write("hwmon/hwmon1/temp2_input", "57100");
        assertThat(heat().celsius()).isEqualTo(58);
    }

    @Test
    void withoutADriverTheProcessorsZoneTells() throws Exception {
        write("hwmon/hwmon0/name", "nvme");
        write("hwmon/hwmon0/temp1_input", "91850");
        write("thermal/thermal_zone0/type", "iwlwifi_1");
        write("thermal/thermal_zone0/temp", "88000");
        write("thermal/thermal_zone1/type", "cpu-thermal");
        write("thermal/thermal_zone1/temp", "61000");
        assertThat(heat().celsius()).isEqualTo(61);
    }

    @Test
    void aSensorThatSaysNonsenseIsNone() throws Exception {
        write("hwmon/hwmon0/name", "k10temp");
        write("hwmon/hwmon0/temp1_input", "-273150");
        assertThat(SysfsHeat.find(root.resolve("hwmon"), root.resolve("thermal")))
                .isEmpty();
    }

    @Test
    void aTemperatureThatIsGoneIsToldAsAFailure() throws Exception {
        write("hwmon/hwmon0/name", "k10temp");
        write("hwmon/hwmon0/temp1_input", "44000");
        ThermalSensor sensor = heat();
        Files.delete(root.resolve("hwmon/hwmon0/temp1_input"));
        assertThatThrownBy(sensor::celsius).isInstanceOf(IOException.class);
    }

    @Test
    void whoTypesInATerminalIsThere() throws Exception {
        terminal("pts/0", NOW.minusSeconds(400));
        terminal("tty1", NOW.minusSeconds(90));
        terminal("ttyS0x", NOW);
        IdleSensor sensor = idle(Map.of());
        assertThat(sensor.idle()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sensor.source()).contains("terminals");
    }

    @Test
    void withoutScreenAndTerminalNobodyIsThere() throws Exception {
        assertThat(idle(Map.of()).idle()).isGreaterThanOrEqualTo(Duration.ofHours(12));
    }

    @Test
    void whoIsAtTheScreenOfAComputerWithoutOurDisplayIsThere() throws Exception {
        terminal("tty1", NOW.minusSeconds(5000));
        program("loginctl", """
                [ "$1 $2" = "show-seat seat0" ] || exit 3
                echo IdleHint=yes
                echo IdleSinceHint=%d000000
                echo ActiveSession=c2
                """.formatted(NOW.minusSeconds(700).getEpochSecond()));
        assertThat(idle(Map.of()).idle()).isEqualTo(Duration.ofSeconds(700));
    }

    @Test
    void aSeatWithoutASessionTellsNothing() throws Exception {
        terminal("tty1", NOW.minusSeconds(5000));
        program("loginctl", "echo IdleHint=no\necho IdleSinceHint=0\necho ActiveSession=\n");
        assertThat(idle(Map.of()).idle()).isEqualTo(Duration.ofSeconds(5000));
    }

    @Test
    void gnomeTellsOnWayland() throws Exception {
        program("gdbus", """
                case "$*" in
                  *org.gnome.Mutter.IdleMonitor.GetIdletime) echo "(uint64 75031,)" ;;
                  *) exit 1 ;;
                esac
                """);
        IdleSensor sensor = idle(Map.of("WAYLAND_DISPLAY", "wayland-0", "DISPLAY", ":0"));
        assertThat(sensor.source()).isEqualTo("GNOME");
        assertThat(sensor.idle()).isEqualTo(Duration.ofMillis(75_031));
    }

    @Test
    void otherDesktopsOnWaylandTellTheLoginService() throws Exception {
        program("gdbus", "exit 1");
        program("loginctl", "[ \"$2\" = 4 ] || exit 3\necho IdleHint=no\necho IdleSinceHint=0\n");
        IdleSensor sensor = idle(Map.of("WAYLAND_DISPLAY", "wayland-0", "XDG_SESSION_ID", "4"));
        assertThat(sensor.source()).isEqualTo("systemd-logind");
        assertThat(sensor.idle()).isZero();
    }

    @Test
    void aDesktopThatTellsNobodyIsNotGuessed() {
        assertThat(choice(Map.of("WAYLAND_DISPLAY", "wayland-0"))
                        .of(OperatingSystem.LINUX)
                        .idle())
                .isEmpty();
    }

    @Test
    void aProgramThatFailsOrIsNotThereIsAFailure() throws Exception {
        program("false", "exit 1");
        Programs programs = new Programs(List.of(root.resolve("bin")));
        assertThatThrownBy(() -> programs.output("false")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> programs.output("unheard-of"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unheard-of");
    }

    private SysfsPower power() {
        return new SysfsPower(root.resolve("power_supply"));
    }

    private ThermalSensor heat() {
        return SysfsHeat.find(root.resolve("hwmon"), root.resolve("thermal")).orElseThrow();
    }

    private IdleSensor idle(Map<String, String> environment) {
        return choice(environment).of(OperatingSystem.LINUX).idle().orElseThrow();
    }

    private SensorChoice choice(Map<String, String> environment) {
        return new SensorChoice(
                new Programs(List.of(root.resolve("bin"))),
                environment,
                () -> NOW,
                new LinuxPlaces(
                        root.resolve("power_supply"),
                        root.resolve("hwmon"),
                        root.resolve("thermal"),
                        root.resolve("dev")));
    }

    private void supply(String name, String... values) throws IOException {
        for (int i = 0; i < values.length; i += 2) write("power_supply/" + name + "/" + values[i], values[i + 1]);
    }

    private void terminal(String name, Instant lastRead) throws IOException {
        Path device = write("dev/" + name, "");
        Files.getFileAttributeView(device, BasicFileAttributeView.class).setTimes(null, FileTime.from(lastRead), null);
    }

    private void program(String name, String script) throws IOException {
        Path file = write("bin/" + name, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Path write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content + "\n");
    }
}
