package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Each consumer's secret in a file of its own, so that deleting the file erases the person from the transparency log. */
public final class SecretFolder implements ConsumerPseudonyms {
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final SecureRandom random;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    public SecretFolder(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    @Override
    public String commitment(AccountId account, String context) {
        String salt = saltOf(account, context);
        String text = String.join("\n", "peerllm consumer v1", salt, account.value(), context);
        return HEX.formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<String> salt(AccountId account, String context) {
        return Optional.of(saltOf(account, context));
    }

    private String saltOf(AccountId account, String context) {
        return HEX.formatHex(hmac(secret(account.name()), context));
    }

    private byte[] secret(String owner) {
        return known.computeIfAbsent(owner, this::readOrMake);
    }

    private byte[] readOrMake(String owner) {
        Path file = folder.resolve(HEX.formatHex(Sha256.of(owner.getBytes(StandardCharsets.UTF_8))));
        try {
            return HEX.parseHex(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("A consumer's secret cannot be read", e);
        }
    }

    private byte[] make(Path file) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "new", ".part");
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(HEX.formatHex(secret).getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException("A consumer's secret cannot be written", e);
        }
    }

    private static byte[] hmac(byte[] secret, String context) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no HMAC-SHA-256", e);
        }
    }
}
