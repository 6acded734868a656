/** Ids of the seeded records, for tests and the demo. */
export const seedIds = {
  hospitalOrganization: 3071,
  waterOrganization: 4118,
  vendorExampleOrganization: 123,

  /** Its reference code is the id of the ransomware group. */
  ransomwareDossier: 1024,
  /** Its reference code is a ticket number, not a UUID. */
  phishingDossier: 1025,
  closedDossier: 1026,
  /** Its reference code is the id of the remote access group, in capitals. */
  remoteAccessDossier: 2201,
  /** Its reference code is a UUID that belongs to no group. */
  portalDossier: 2202,
  vendorExampleDossier: 123,

  ransomwareGroup: '5a9a8944-1994-413b-a30f-2b87fd658b76',
  phishingGroup: '530916d0-9f13-4a4f-8859-1b40019db990',
  remoteAccessGroup: '73b2b994-e97f-4bca-8f61-01d203a49118',
  /** Nobody is assigned and nothing is linked. */
  emptyGroup: '8dd797f6-9edf-4860-92c7-8e43f2be3a91',
  vendorExampleGroup: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  unknownGroup: 'f6a741f2-523a-4445-8414-1ed1bb478f60',

  massEncryptionFinding: '34e57765-7195-44e0-83c3-5d8a574ca894',
  shadowCopiesFinding: '52bb26f2-ee64-4c1b-8e7d-00ed1703da94',
  lateralMovementFinding: 'e9fe898d-4b3c-4c5f-86b3-daff50b6cd88',
  exfiltrationFinding: '50c2f0b0-8669-4093-b082-0682d159cc2f',
  lookalikeDomainFinding: 'ae7f83f9-0240-44f0-9179-46e05ca56d66',
  credentialFormFinding: '203440f1-82d0-4eab-9060-0c096a19ca98',
  inboxRuleFinding: 'd9e0bdbb-7d38-4c38-a577-f7b1729aa300',
  impossibleTravelFinding: '1e698d75-f1ff-47f9-840e-94e6bfced88e',
  remoteToolFinding: '0b01e813-d4d1-4839-b368-1cc4705d291e',
  controllerWriteFinding: '79d8f590-5d8e-45c4-ac0e-c144625fd9f6',
  vpnGuessingFinding: 'ca72512b-4858-45aa-ad6d-361649caeca9',
  /** In no group. */
  portalFloodFinding: 'bf90fa52-d3f8-4609-af7b-1a380267c29e',
  vendorExampleFinding: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  unknownFinding: '55b9b01d-5aa3-4cd2-9407-f59eccfc356b',

  /** Four findings. */
  fileServerEvent: 'e6d2c713-9abc-46b3-9839-a96e46625485',
  /** Two findings. */
  mailGatewayEvent: '476af9be-b703-4443-a5ff-bec7c3cd1013',
  vendorExampleEvent: 'a7a26ff2-e851-45b6-9634-d595f45458b7',
  /** No finding. */
  unknownEvent: '80c89887-4bcf-4172-ab6e-4f10689ffdb7',

  nightAnalyst: 'c376bdfe-5ebe-48d5-bf1b-d84d23f3c75b',
  dayAnalyst: '0285784c-1ec5-43cf-8b40-45c3ef17e026',
  responseTeam: 'e92e813d-1aa9-482b-b5f3-5d4f5b783c56',
  plantTeam: '70decd2a-1f3c-4099-af0c-e7e94e7cb88b',
  vendorExampleUser: 'a169451c-8525-4352-b8ca-070dd449a1a5',
  vendorExampleTeam: '306db4e0-7449-4501-b76f-075576fe2d8f',
} as const;
