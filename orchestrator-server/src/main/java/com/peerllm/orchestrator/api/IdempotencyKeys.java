package com.peerllm.orchestrator.api;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names jobs after the names that consumers give their requests, so that the ledger itself cannot charge the same name twice, not
 * even after a restart. Without the secret nobody can guess a job's id, by which its receipts are read. Used by many threads.
 */
final class IdempotencyKeys {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String HMAC = "HmacSHA256";
    private static final int JOB_BYTES = 16;

    private final byte[] ofJobs;

    /** Hashes of bodies live as long as this process, so their secret need not be the same after a restart. */
    private final byte[] ofBodies = new byte[32];

    /** @param secret the same after a restart */
    IdempotencyKeys(byte[] secret, SecureRandom random) {
        this.ofJobs = secret.clone();
        random.nextBytes(ofBodies);
    }

    /** Visible ASCII, 1 to 255 characters. */
    static boolean isOne(String key) {
        return FORM.matcher(key).matches();
    }

    /** @param attempt 0 for the first; a request that cost nothing may be made again under another job */
    JobId job(AccountId account, String key, int attempt) {
        String name = "peerllm idempotency v1\n" + account.value() + "\n" + attempt + "\n" + key;
        byte[] hash = hmac(ofJobs, name.getBytes(StandardCharsets.UTF_8));
        return new JobId("job_" + HexFormat.of().formatHex(hash, 0, JOB_BYTES));
    }

    /** Tells two requests apart without keeping what they say. */
    String hash(String path, byte[] body) {
        byte[] ofBody = hmac(ofBodies, body);
        return path + " " + HexFormat.of().formatHex(ofBody);
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
