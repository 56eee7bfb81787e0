package com.peerllm.host.session;

import com.peerllm.shared.wire.RefusalCode;
import java.util.Locale;

/**
 * Why a connection ended.
 *
 * @param code what a person can look up
 * @param sentence what happened and, when somebody must do something, what
 * @param worthRetrying whether connecting again may succeed without anybody doing something
 */
record LinkEnd(String code, String sentence, boolean worthRetrying) {

    static LinkEnd lost(String sentence) {
        return new LinkEnd("connection_lost", sentence, true);
    }

    static LinkEnd protocolError(String sentence) {
        return new LinkEnd("protocol_error", sentence, true);
    }

    static LinkEnd refused(RefusalCode code, String sentence) {
        return new LinkEnd(code.name().toLowerCase(Locale.ROOT), sentence, code.worthRetrying());
    }

    /** Somebody must look first. */
    static LinkEnd stop(String code, String sentence) {
        return new LinkEnd(code, sentence, false);
    }
}
