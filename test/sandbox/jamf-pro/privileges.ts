/**
 * Every privilege an API role can hold, as one version of the product offers them (501 names, 11.12 [D]). Names are case-sensitive, and the list
 * differs from version to version, which `JamfTenant.removePrivilege` imitates.
 */

const list = (text: string): string[] => text.split(/[|\n]/).map((part) => part.trim()).filter((part) => part !== '');

/** Objects with all four verbs. */
const MANAGED = list(`
  Accounts | Advanced Computer Searches | Advanced Mobile Device Searches | Advanced User Content Searches
  Advanced User Searches | AirPlay Permissions | API Integrations | API Roles | Attachment Assignments | Buildings | Categories
  Classes | Computer Enrollment Invitations | Computer Extension Attributes | Computer PreStage Enrollments | Computers
  Custom Paths | Departments | Device Enrollment Program Instances | Device Name Patterns | Directory Bindings
  Disk Encryption Configurations | Disk Encryption Institutional Configurations | Distribution Points | Dock Items | eBooks
  Enrollment Customizations | Enrollment Profiles | File Attachments | iBeacon | Infrastructure Managers
  Inventory Preload Records | iOS Configuration Profiles | Jamf Connect Deployments | Jamf Protect Deployments
  JSON Web Token Configuration | LDAP Servers | Licensed Software | Mac Applications | macOS Configuration Profiles
  Maintenance Pages | Managed Software Updates | Mobile Device Applications | Mobile Device Enrollment Invitations
  Mobile Device Extension Attributes | Mobile Device Managed App Configurations | Mobile Device PreStage Enrollments
  Mobile Devices | Network Integration | Network Segments | Packages | Patch External Source | Patch Management Software Titles
  Patch Policies | Peripheral Types | Personal Device Configurations | Personal Device Profiles | Policies | Printers
  Provisioning Profiles | Push Certificates | Remote Administration | Removable MAC Address | Restricted Software | Scripts
  Self Service Bookmarks | Self Service Branding Configuration | Sites | Smart Computer Groups | Smart Mobile Device Groups
  Smart User Groups | Software Update Servers | Static Computer Groups | Static Mobile Device Groups | Static User Groups | User
  User Extension Attributes | Volume Purchasing Locations | VPP Assignment | VPP Invitations | Webhooks
`);

/** Settings: there is one of each, so it is read and updated only. */
const SETTINGS = list(`
  Activation Code | Apache Tomcat Settings | App Request Settings | Apple Configurator Enrollment
  Automatic Mac App Updates Settings | Automatically Renew MDM Profile Settings | Cache | Change Management
  Cloud Distribution Point | Cloud Services Settings | Clustering | Computer Check-In | Computer Inventory Collection
  Computer Inventory Collection Settings | Computer Security | Conditional Access | Education Settings | Engage Settings
  GSX Connection | Jamf Connect Settings | Jamf Protect Settings | JSS URL | Knobs | Limited Access Settings | Login Disclaimer
  Mobile Device App Maintenance Settings | Mobile Device Inventory Collection | Mobile Device Self Service
  Onboarding Configuration | Parent App Settings | Password Policy | Patch Management Settings | PKI | Re-enrollment
  Remote Assist | Retention Policy | Self Service | SMTP Server | SSO Settings | Teacher App Settings | User-Initiated Enrollment
`);

/** What fits no pattern. */
const SINGLE = list(`
  Create Allowed File Extension | Create Jamf Cloud Distribution Service Files | Create Keystore | Delete Allowed File Extension
  Delete Jamf Cloud Distribution Service Files | Delete Keystores | Delete Return To Service Configurations
  Read Allowed File Extension | Read Device Compliance Information | Read Jamf Cloud Distribution Service Files | Read Keystores
  Read Patch Internal Source | Update Keystores | Update Local Admin Password Settings | Update watchOS Enrollment Settings
`);

/** Device commands: `Send <name>`. */
const COMMANDS = list(`
  Application Attributes Command | Blank Pushes to Mobile Devices | Command to Renew MDM Profile | Computer Bluetooth Command
  Computer Delete User Account Command | Computer Remote Command to Download and Install OS X Update
  Computer Remote Command to Install Package | Computer Remote Desktop Command | Computer Remote Lock Command
  Computer Remote Wipe Command | Computer Set Activation Lock Command | Computer Unlock User Account Command
  Computer Unmanage Command | Declarative Management Command | Device Information Command | Disable Bootstrap Token Command
  Email to End Users via JSS | Enable Bootstrap Token Command | Inventory Requests to Mobile Devices
  Local Admin Password Command | MDM Check In Command | Messages to Self Service Mobile | Mobile Device Bluetooth Command
  Mobile Device Diagnostics and Usage Reporting and App Analytics Commands | Mobile Device Disable Data Roaming Command
  Mobile Device Disable Voice Roaming Command | Mobile Device Enable Data Roaming Command
  Mobile Device Enable Voice Roaming Command | Mobile Device Lost Mode Command | Mobile Device Managed Settings Command
  Mobile Device Mirroring Command | Mobile Device Personal Hotspot Command | Mobile Device Refresh Cellular Plans Command
  Mobile Device Remote Command to Download and Install iOS Update | Mobile Device Remote Lock Command
  Mobile Device Remote Wipe Command | Mobile Device Remove Passcode Command | Mobile Device Remove Restrictions Password Command
  Mobile Device Restart Device Command | Mobile Device Set Activation Lock Command | Mobile Device Set Device Name Command
  Mobile Device Set Wallpaper Command | Mobile Device Shared Device Configuration Commands | Mobile Device Shared iPad Commands
  Mobile Device Shut Down Command | Mobile Device Software Update Recommendation Cadence Command | Set Recovery Lock Command
  Set Timezone Command | Software Update Settings Command | Update Passcode Lock Grace Period Command
`);

/** What may be looked at: `View <name>`. */
const VIEWS = list(`
  Activation Lock Bypass Code | Disk Encryption Recovery Key | Event Logs | JSS Information | License Serial Numbers
  Local Admin Password | Local Admin Password Audit History | MDM command information in Jamf Pro API
  Mobile Device Lost Mode Location | Recovery Lock | Return To Service Configurations
`);

const ACTIONS = list(`
  Allow User to Enroll | Assign Users to Computers | Assign Users to Mobile Devices | Change Password
  CLEAR_TEACHER_PROFILE_PRIVILEGE | Dismiss Notifications | Edit Return To Service Configurations | Enroll Computers
  Enroll Mobile Devices | Flush MDM Commands | Flush Policy Logs | Jamf Connect Deployment Retry | Jamf Packages Action
  Jamf Protect Deployment Retry | Remove Jamf Parent management capabilities | Remove restrictions set by Jamf Parent
  Renewal of the Built-in Certificate Authority | Start Remote Assist Session | Unmanage Mobile Devices
`);

/** Alphabetical, as a probe of a live tenant saw it [C]; a recording shows another order, so nobody should rely on it. */
export const PRIVILEGES: readonly string[] = [
  ...MANAGED.flatMap((name) => ['Create', 'Read', 'Update', 'Delete'].map((verb) => `${verb} ${name}`)),
  ...SETTINGS.flatMap((name) => [`Read ${name}`, `Update ${name}`]),
  ...SINGLE,
  ...COMMANDS.map((name) => `Send ${name}`),
  ...VIEWS.map((name) => `View ${name}`),
  ...ACTIONS,
].sort();
