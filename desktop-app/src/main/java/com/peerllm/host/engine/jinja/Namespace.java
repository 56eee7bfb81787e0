package com.peerllm.host.engine.jinja;

import java.util.Map;

/** What {@code namespace(...)} makes: values that a loop's body can change for the code after the loop. */
record Namespace(Map<String, Object> values) {}
