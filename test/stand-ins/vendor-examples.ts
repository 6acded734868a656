/**
 * The JSON examples of the two vendors' pages, as printed there (values and order of keys), read
 * from the source documents that came with this project. They are text, so that not even a
 * serializer stands between a test and the page.
 */
export const vendorExamples = {
  aegister: {
    path: '/api/v1/V-Ciso/incidents/{organizationid}/{incidentid}',
    updateRequest: `{
  "title": "<string>",
  "reference_code": "<string>",
  "classification": {},
  "metadata": {},
  "status": "draft",
  "subject_type": "<string>",
  "24h_notification": {},
  "72h_notification": {},
  "full_report": {}
}`,
    // "messages" really is the text "<array>" here; the field's own example further down is [].
    updateAnswer: `{
  "error": 0,
  "messages": "<array>",
  "data": {
    "id": 123,
    "title": "<string>",
    "reference_code": "<string>",
    "status": "draft",
    "classification": {},
    "metadata": {},
    "acn_event": {},
    "acn_sections": {},
    "ai_blob": {},
    "phases": {},
    "organization_id": 123,
    "created_at": "2023-11-07T05:31:56Z",
    "updated_at": "2023-11-07T05:31:56Z",
    "24h_notification": {},
    "72h_notification": {},
    "full_report": {}
  }
}`,
  },
  radar: {
    path: '/cruddy/v2/incident_groups/update',
    updateRequest: `{
"title": "string",
"description": "string",
"user_id": "a169451c-8525-4352-b8ca-070dd449a1a5",
"group_id": "306db4e0-7449-4501-b76f-075576fe2d8f",
"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
"created_at": "2023-12-20T00:00:01.652259Z",
"updated_at": "2023-12-20T00:00:01.652259Z",
"trace_id": "uuid",
"_relations": {
"service_asset_findings": [
"497f6eca-6276-4993-bfeb-53cbbbba6f08"
]
}
}`,
    updateAnswer: `{
"id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
"created_at": "2023-12-20T00:00:01.652259Z",
"updated_at": "2023-12-20T00:00:01.652259Z",
"title": "string",
"description": "string",
"user_id": "a169451c-8525-4352-b8ca-070dd449a1a5",
"group_id": "306db4e0-7449-4501-b76f-075576fe2d8f",
"incidents_count": 0,
"service_asset_findings": [
"497f6eca-6276-4993-bfeb-53cbbbba6f08"
],
"user": {},
"group": {}
}`,
    errorAnswers: {
      400: '{ "error": "Bad Request", "error_code": 400 }',
      404: '{ "error": "Not Found", "error_code": 404 }',
      409: '{ "error": "Bad Request", "error_code": 409, "extra": { "fields": [ "name" ] } }',
      500: '{ "error": "Internal Server Error", "error_code": 500 }',
    },
  },
} as const;
