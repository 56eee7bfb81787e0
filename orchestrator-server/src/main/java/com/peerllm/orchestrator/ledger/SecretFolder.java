package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each consumer's secret in a file of its own, so that deleting the file erases the person from the transparency log. A
 * consumer's gifts share its secret.
 *
 * <p>No failure here stops the ledger: money that moves while a secret cannot be read is logged under a commitment that
 * nobody can open, and no more jobs are taken for that consumer until its file is there again. Safe for many threads; a
 * bounded number of secrets is remembered.
 */
public final class SecretFolder implements ConsumerPseudonyms {
    static final int MOST_KNOWN = 65_536;
    private static final int MOST_TROUBLES = 1_000;
    private static final int RETRIES_AT_ONCE = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);

    private final SecretFiles files;
    private final SecureRandom random;
    /** Held while a file is read, made or deleted; never to look into memory. */
    private final ReentrantLock disk = new ReentrantLock();
    /** By owner, the least used first; its own lock. */
    private final Map<String, byte[]> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    /** Why an owner's secret cannot be used, as a sentence. */
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    public SecretFolder(Path folder, SecureRandom random) {
        this(new SecretFiles(folder, SecretFiles.REAL), random);
    }

    SecretFolder(SecretFiles files, SecureRandom random) {
        this.files = files;
        this.random = random;
    }

    @Override
    public String commitment(AccountId account, String context) {
        return salt(account, context)
                .map(salt -> ConsumerPseudonyms.commitment(salt, account, context))
                .orElseGet(() -> HEX.formatHex(fresh()));
    }

    @Override
    public Optional<String> salt(AccountId account, String context) {
        return secret(account.name()).map(secret -> HEX.formatHex(hmac(secret, context)));
    }

    @Override
    public void prepare(AccountId account) {
        String owner = account.name();
        if (remembered(owner).isPresent()) return;
        disk.lock();
        try {
            files.forgetErasure(owner);
            load(owner);
        } catch (IOException e) {
            throw new LedgerException(LedgerException.Code.UNAVAILABLE, trouble(owner, e), e);
        } finally {
            disk.unlock();
        }
    }

    @Override
    public Optional<String> trouble(AccountId account) {
        return troubles.isEmpty() ? Optional.empty() : Optional.ofNullable(troubles.get(account.name()));
    }

    @Override
    public void retry() {
        for (String owner :
                List.copyOf(troubles.keySet()).stream().limit(RETRIES_AT_ONCE).toList()) {
            secret(owner);
        }
    }

    /**
     * Forgets an owner's secret for ever: what the log says of it can be linked to nobody from now on.
     *
     * @throws LedgerException with code {@code UNAVAILABLE} when the file cannot be deleted
     */
    @Override
    public void erase(AccountId account) {
        String owner = account.name();
        disk.lock();
        try {
            files.erase(owner);
            synchronized (known) {
                known.remove(owner);
            }
            troubles.remove(owner);
        } catch (IOException e) {
            throw new LedgerException(
                    LedgerException.Code.UNAVAILABLE,
                    "The file " + files.fileOf(owner) + " cannot be deleted. Delete it by hand, or try again.",
                    e);
        } finally {
            disk.unlock();
        }
    }

    private Optional<byte[]> secret(String owner) {
        Optional<byte[]> remembered = remembered(owner);
        if (remembered.isPresent()) return remembered;
        disk.lock();
        try {
            return files.isErased(owner) ? Optional.empty() : Optional.of(load(owner));
        } catch (IOException e) {
            trouble(owner, e);
            return Optional.empty();
        } finally {
            disk.unlock();
        }
    }

    private Optional<byte[]> remembered(String owner) {
        synchronized (known) {
            return Optional.ofNullable(known.get(owner));
        }
    }

    private byte[] load(String owner) throws IOException {
        byte[] secret;
        try {
            secret = files.read(owner);
        } catch (NoSuchFileException e) {
            secret = fresh();
            files.write(owner, secret);
        }
        synchronized (known) {
            known.put(owner, secret);
        }
        troubles.remove(owner);
        return secret;
    }

    private String trouble(String owner, IOException failure) {
        String sentence = "The file " + files.fileOf(owner) + " with a consumer's secret "
                + (failure instanceof SecretFiles.Damaged
                        ? "is damaged. Restore it from a backup; or delete it, and nobody can open what the transparency"
                                + " log says of this consumer until now."
                        : "cannot be read or written (" + failure.getClass().getSimpleName() + ": "
                                + failure.getMessage() + "). Check the disk and its free space.");
        boolean isNew = troubles.size() < MOST_TROUBLES && troubles.put(owner, sentence) == null;
        if (isNew) LOG.error(sentence);
        return sentence;
    }

    private byte[] fresh() {
        byte[] bytes = new byte[SecretFiles.SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    int troubles() {
        return troubles.size();
    }

    int remembered() {
        synchronized (known) {
            return known.size();
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
