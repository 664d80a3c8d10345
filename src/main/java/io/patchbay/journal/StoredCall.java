package io.patchbay.journal;

import io.patchbay.call.Call;
import io.patchbay.call.CallId;
import io.patchbay.company.CompanyId;

/** @param connection the PBX connection it came from */
public record StoredCall(CallId id, CompanyId company, long connection, Call call) {}
