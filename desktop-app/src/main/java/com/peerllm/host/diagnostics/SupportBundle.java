package com.peerllm.host.diagnostics;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.settings.HostSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One file for whoever helps: versions, machine, settings, state, doctor and the last logs. It takes up only what is named
 * here, and what it takes up goes through {@link Redaction}; it reads neither keys nor the database nor chats.
 */
public final class SupportBundle {
    private static final int MOST_LOG_CHARACTERS = 2_000_000;
    private static final int MOST_STATUS_BYTES = 200_000;

    /** The fields of the settings that say how the program works; those that a newer program added are left out. */
    private static final Set<String> SETTINGS = Set.of(
            "orchestrator",
            "sharing",
            "model",
            "alsoServe",
            "pinned",
            "slots",
            "contextPerSlot",
            "threads",
            "gpuLayers",
            "prices",
            "rules",
            "localApi",
            "electricity",
            "modelsFolder");

    private static final Set<String> STATUS = Set.of(
            "version",
            "startedAtMillis",
            "writtenAtMillis",
            "orchestrator",
            "network",
            "lastConfirmedMillis",
            "engine",
            "model",
            "slots",
            "runningAnswers",
            "models",
            "notes",
            "sentence");

    private static final List<String> JAVA = List.of(
            "java.version",
            "java.vendor",
            "java.vm.name",
            "java.vm.version",
            "os.name",
            "os.version",
            "os.arch",
            "file.encoding",
            "user.language");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final AppFolders folders;
    private final Properties properties;
    private final Redaction redaction;

    public SupportBundle(AppFolders folders, Properties properties, Map<String, String> environment) {
        this.folders = folders;
        this.properties = properties;
        redaction = new Redaction(properties, environment, folders.data());
    }

    /**
     * What the caller knows.
     *
     * @param version of this program
     * @param doctor empty when nobody asked it
     */
    public record Facts(String version, Instant at, HostSettings settings, Optional<Doctor.Report> doctor) {}

    /**
     * Writes the zip; one that is there is replaced.
     *
     * @throws HostException when it cannot be written
     */
    public void write(Path zip, Facts facts) {
        try {
            AtomicFile.write(zip, bytes(contents(facts)));
        } catch (IOException e) {
            throw new HostException(
                    Problem.USAGE,
                    "The support bundle " + zip + " cannot be written. Choose another folder, or check the free disk"
                            + " space.",
                    e);
        }
    }

    /** Every file of the bundle, as it would be written. */
    SequencedMap<String, String> contents(Facts facts) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("versions.json", JSON.writeValueAsString(versions(facts)));
        files.put("settings.json", only(JSON.valueToTree(facts.settings()), SETTINGS));
        status().ifPresent(status -> files.put("status.json", status));
        facts.doctor().ifPresent(report -> files.put("doctor.json", JSON.writeValueAsString(report)));
        files.put("log.txt", String.join("\n", new LogTail(folders.logs()).lastLines(MOST_LOG_CHARACTERS)));
        files.replaceAll((name, text) -> redaction.of(text));
        files.putFirst("README.txt", readMe(files));
        return files;
    }

    private Map<String, String> versions(Facts facts) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("peerllm", facts.version());
        versions.put("made_at", facts.at().toString());
        for (String name : JAVA)
            Optional.ofNullable(properties.getProperty(name)).ifPresent(value -> versions.put(name, value));
        return versions;
    }

    private Optional<String> status() {
        try {
            Path file = folders.status();
            if (!Files.exists(file) || Files.size(file) > MOST_STATUS_BYTES) return Optional.empty();
            return Optional.of(only(JSON.readTree(Files.readAllBytes(file)), STATUS));
        } catch (IOException | JacksonException e) {
            return Optional.of("The status could not be read: " + e.getClass().getSimpleName());
        }
    }

    private static String only(JsonNode json, Set<String> fields) {
        ObjectNode chosen = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : json.properties())
            if (fields.contains(field.getKey())) chosen.set(field.getKey(), field.getValue());
        return JSON.writeValueAsString(chosen);
    }

    private static String readMe(Map<String, String> files) {
        return "What PeerLLM tells about itself, for whoever helps. Look at it before you send it.\n\n"
                + String.join("\n", files.keySet())
                + "\n\nNot in it: keys, prompts, answers, chats, receipts, how you are paid. Taken out of it: the home and"
                + " data folders, names of this computer and its user, mail addresses, and every long run of letters and"
                + " digits, which keys and signatures are.\n";
    }

    private static byte[] bytes(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("peerllm-support/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
